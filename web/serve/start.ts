/** `pnpm start`: generates the database client and builds the console when they are out of date, then serves both. */

import './compile-cache.ts';
import { exitWithError } from '../../bff/src/core/exit-with-error.ts';
import { printLine } from '../../bff/src/core/print-line.ts';
import { buildConsole } from './build.ts';
import '../../prisma/generate.mjs';

const folder = await buildConsole(printLine);
const { main } = await import('../../bff/src/main.ts');
const { serveConsole } = await import('../../bff/src/http/console.ts');
await main({ mount: await serveConsole(folder) }).catch(exitWithError('Rolecall cannot start'));
