/** `pnpm dev`: like `pnpm start`, with the console from Vite's dev server, which reloads it on each change. */
import '../../prisma/generate.mjs';
import { exitWithError } from '../../bff/src/core/exit-with-error.ts';

const { main } = await import('../../bff/src/main.ts');
const { devConsole } = await import('./dev-console.ts');
await main({ wrap: await devConsole() }).catch(exitWithError('Rolecall cannot start'));
