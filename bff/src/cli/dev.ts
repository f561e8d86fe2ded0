/** `pnpm dev`: like `pnpm start`, with the console from Vite's dev server, which reloads it on each change. */
import '@rolecall/prisma/generate';
import { exitWithError } from '../core/exit-with-error.ts';

const { main } = await import('../main.ts');
const { devConsole } = await import('../http/dev-console.ts');
await main({ wrap: await devConsole() }).catch(exitWithError('Rolecall cannot start'));
