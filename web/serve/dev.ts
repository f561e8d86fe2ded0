/** `pnpm dev`: like `pnpm start`, with the console from Vite's dev server, which reloads it on each change. */
import '../../prisma/generate.mjs';
import type { RequestListener } from 'node:http';
import { exitWithError } from '../../bff/src/core/exit-with-error.ts';
import { startDevServer } from './build.ts';

const OURS = /^\/(api|healthz|readyz|__clerk)(\/|$|\?)/;

const { main } = await import('../../bff/src/main.ts');
const vite = await startDevServer();
const inFrontOf =
  (api: RequestListener): RequestListener =>
  (incoming, outgoing) =>
    OURS.test(incoming.url ?? '') ? api(incoming, outgoing) : vite.middlewares(incoming, outgoing);
await main({ wrap: inFrontOf }).catch(exitWithError('Rolecall cannot start'));
