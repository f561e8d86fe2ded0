import type { Handler, Hono } from 'hono';
import { AppError } from '../core/errors.ts';
import type { AppEnv } from './env.ts';

/** Paths of programs, which must never get the console's page. */
const PROGRAM_PATHS = ['/api', '/api/*', '/metrics', '/metrics/*', '/.well-known/*'];

/** Handles what no route does below the paths of programs: another method of a known path is 405 with Allow, the rest 404. */
export function notFoundHandler(app: Hono<AppEnv>): void {
  const known = app.routes
    .filter(({ method, path }) => method !== 'ALL' && path.startsWith('/api/'))
    .map(({ method, path }) => ({ method, pattern: new RegExp(`^${path.replaceAll(/:[^/]+/g, '[^/]+')}$`) }));
  const handle: Handler<AppEnv> = (c) => {
    const methods = new Set(known.filter(({ pattern }) => pattern.test(c.req.path)).map(({ method }) => method));
    if (methods.size === 0) throw new AppError('not_found');
    c.header('allow', [...methods].sort().join(', '));
    throw new AppError('method_not_allowed');
  };
  for (const path of PROGRAM_PATHS) app.all(path, handle);
}
