/** `pnpm start`: generates the database client and builds the console when they are out of date, then serves both. */
import { buildConsole } from '../../../web/build.ts';
import 'database/generate';

const folder = await buildConsole((line) => process.stdout.write(`${line}\n`));
const { main } = await import('../main.ts');
const { serveConsole } = await import('../http/console.ts');
await main({ mount: await serveConsole(folder) }).catch((error: Error) => {
  process.stderr.write(`Rolecall cannot start: ${error.message}\n`);
  process.exit(1);
});
