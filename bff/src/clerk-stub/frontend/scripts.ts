import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import type { Context } from 'hono';

const TYPES: Record<string, string> = {
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
};
// Neither package exports these files, so they are resolved by path.
const PACKAGES = join(import.meta.dirname, '../../../node_modules/@clerk');
const FOLDERS: Record<string, string> = {
  'clerk-js': join(PACKAGES, 'clerk-js/dist'),
  ui: join(PACKAGES, 'ui/dist'),
};

/** Serves `/npm/@clerk/<package>@<version>/dist/<file>`: Clerk's browser scripts, from the installed packages. */
export async function sendScript(c: Context): Promise<Response> {
  const [, name = '', file = ''] = /\/npm\/@clerk\/([\w-]+)@[^/]+\/dist\/(.+)$/.exec(c.req.path) ?? [];
  const folder = FOLDERS[name];
  const path = normalize(join(folder ?? '', file));
  const type = TYPES[extname(path)];
  if (!folder || !type || !path.startsWith(folder + sep)) return c.notFound();
  const content = await readFile(path).catch(() => null);
  return content ? c.body(content, { headers: { 'content-type': type, 'cache-control': 'no-cache' } }) : c.notFound();
}
