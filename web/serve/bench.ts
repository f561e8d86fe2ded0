/** The product with the app of `web/e2e/bench/stock` at `/stock`, for `pnpm bench:web`: one server and one compression for both. */
import { cp } from 'node:fs/promises';
import type { RequestListener } from 'node:http';
import { join } from 'node:path';
import { readConfig } from '../../bff/src/core/config.ts';
import { exitWithError } from '../../bff/src/core/exit-with-error.ts';
import { printLine } from '../../bff/src/core/print-line.ts';
import { buildConsole, buildPages } from './build.ts';
import '../../prisma/generate.mjs';

const pages = join(readConfig().dataDir, 'pages');
await cp(await buildConsole(printLine), pages, { recursive: true });
await buildPages(join(import.meta.dirname, '../e2e/bench/stock'), join(pages, 'stock'));

const wrap =
  (api: RequestListener): RequestListener =>
  (incoming, outgoing) => {
    if (/^\/stock(?!\/assets\/)/.test(incoming.url ?? '')) incoming.url = '/stock/index.html';
    api(incoming, outgoing);
  };
const { main } = await import('../../bff/src/main.ts');
const { serveConsole } = await import('../../bff/src/http/console.ts');
await main({ mount: await serveConsole(pages), wrap }).catch(exitWithError('Rolecall cannot start'));
