import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, extname, join, normalize, sep } from 'node:path';
import type { Context } from 'hono';

const TYPES: Record<string, string> = {
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
};
const { resolve } = createRequire(import.meta.url);
const FOLDERS: Record<string, string> = {
  'clerk-js': join(dirname(resolve('@clerk/clerk-js/package.json')), 'dist'),
  ui: join(dirname(resolve('@clerk/ui/package.json')), 'dist'),
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
