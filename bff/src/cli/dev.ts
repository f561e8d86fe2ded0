/** `pnpm dev`: like `pnpm start`, with the console from Vite's dev server, which reloads it on each change. */
import '@rolecall/prisma/generate';

const { main } = await import('../main.ts');
const { devConsole } = await import('../http/dev-console.ts');
await main({ wrap: await devConsole() }).catch((error: Error) => {
  process.stderr.write(`Rolecall cannot start: ${error.message}\n`);
  process.exit(1);
});
