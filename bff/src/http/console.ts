import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { serveStatic } from '@hono/node-server/serve-static';
import type { Context, Hono } from 'hono';
import type { AppEnv } from './env.ts';

const HASHED = /^\/assets\//;
/** The cookie of a local session, or Clerk's. */
const SESSION = /(^|[ -])(rolecall\.session_token|__session)=/;

/**
 * Serves the built console: hashed files with an unlimited lifetime, and a page for every other path. The page for a likely session
 * asks for the whole console; others stay with the sign-in form.
 */
export async function serveConsole(folder: string): Promise<(app: Hono<AppEnv>) => void> {
  const [page, consolePage] = await Promise.all(
    ['index.html', 'console.html'].map((name) => readFile(join(folder, name), 'utf8')),
  );
  const respond = (c: Context) => {
    c.header('cache-control', 'no-cache');
    c.header('vary', 'cookie');
    return c.html((SESSION.test(c.req.header('cookie') ?? '') ? consolePage : page) ?? '');
  };
  return (app) => {
    app.get('/', respond);
    app.use(
      '*',
      serveStatic({
        root: folder,
        precompressed: true,
        onFound: (_, c) =>
          c.header('cache-control', HASHED.test(c.req.path) ? 'public, max-age=31536000, immutable' : 'no-cache'),
      }),
    );
    app.get('*', (c) => (HASHED.test(c.req.path) ? c.notFound() : respond(c)));
  };
}
