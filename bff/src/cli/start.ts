/** `pnpm start`: generates the database client and builds the console when they are out of date, then serves both. */
import { buildConsole } from '../../../web/build.ts';
import { exitWithError } from '../core/exit-with-error.ts';
import { printLine } from '../core/print-line.ts';
import '@rolecall/prisma/generate';

const folder = await buildConsole(printLine);
const { main } = await import('../main.ts');
const { serveConsole } = await import('../http/console.ts');
await main({ mount: await serveConsole(folder) }).catch(exitWithError('Rolecall cannot start'));
