import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { serveStatic } from '@hono/node-server/serve-static';
import type { Hono } from 'hono';
import type { AppEnv } from './env.ts';

const HASHED = /^\/assets\//;

/** Serves the built console: hashed files with an unlimited lifetime, and the page for every other path. */
export async function serveConsole(folder: string): Promise<(app: Hono<AppEnv>) => void> {
  const page = await readFile(join(folder, 'index.html'), 'utf8');
  return (app) => {
    app.use(
      '*',
      serveStatic({
        root: folder,
        precompressed: true,
        onFound: (_, c) =>
          c.header('cache-control', HASHED.test(c.req.path) ? 'public, max-age=31536000, immutable' : 'no-cache'),
      }),
    );
    app.get('*', (c) => {
      if (HASHED.test(c.req.path)) return c.notFound();
      c.header('cache-control', 'no-cache');
      return c.html(page);
    });
  };
}
