import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import type { Context } from 'hono';

const TYPES: Record<string, string> = {
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
};
// Neither package lets its files be found by name, so they are looked up where the package manager puts them.
const PACKAGES = join(import.meta.dirname, '../../../node_modules/@clerk');
const FOLDERS: Record<string, string> = {
  'clerk-js': join(PACKAGES, 'clerk-js/dist'),
  ui: join(PACKAGES, 'ui/dist'),
};

/** `/npm/@clerk/<package>@<version>/dist/<file>`: Clerk's own browser scripts, from the packages that are installed here. */
export async function sendScript(c: Context): Promise<Response> {
  const [, name = '', file = ''] = /\/npm\/@clerk\/([\w-]+)@[^/]+\/dist\/(.+)$/.exec(c.req.path) ?? [];
  const folder = FOLDERS[name];
  const path = normalize(join(folder ?? '', file));
  const type = TYPES[extname(path)];
  if (!folder || !type || !path.startsWith(folder + sep)) return c.notFound();
  const content = await readFile(path).catch(() => null);
  return content ? c.body(content, { headers: { 'content-type': type, 'cache-control': 'no-cache' } }) : c.notFound();
}
