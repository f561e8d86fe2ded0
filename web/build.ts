import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';

const webFolder = import.meta.dirname;
const dist = join(webFolder, 'dist');
const stamp = join(dist, '.built-from');
const SOURCES = [
  'src',
  'public',
  'index.html',
  'vite.config.ts',
  'package.json',
  '../bff/src/contract.ts',
  '../pnpm-lock.yaml',
];
const COMPRESSIBLE = /\.(js|css|html|svg|json)$/;

/** Builds the console into dist unless it stands there already from the same sources. Answers the folder. */
export async function buildConsole(say: (line: string) => void): Promise<string> {
  const hash = await hashOf(SOURCES.map((source) => join(webFolder, source)));
  const built = existsSync(stamp) ? await readFile(stamp, 'utf8') : '';
  if (built === hash) return dist;
  say('Building the console');
  const { build } = await import('vite');
  await build({ root: webFolder, logLevel: 'warn' });
  await compress(dist);
  await writeFile(stamp, hash);
  return dist;
}

/** Vite's dev server as a middleware: the console from its sources, reloaded at each change. */
export async function startDevServer() {
  const { createServer } = await import('vite');
  return createServer({ root: webFolder, server: { middlewareMode: true }, appType: 'spa' });
}

async function hashOf(places: string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const place of places) {
    for (const file of await filesIn(place)) hash.update(file.slice(webFolder.length)).update(await readFile(file));
  }
  return hash.digest('hex');
}

async function filesIn(place: string): Promise<string[]> {
  if (!existsSync(place)) return [];
  const entries = await readdir(place, { withFileTypes: true, recursive: true }).catch(() => null);
  if (!entries) return [place];
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/** A compressed twin beside each text file, so that the server never compresses while somebody waits. */
async function compress(folder: string): Promise<void> {
  const brotli = promisify(brotliCompress);
  const files = (await filesIn(folder)).filter((file) => COMPRESSIBLE.test(file));
  await mkdir(dirname(stamp), { recursive: true });
  await Promise.all(
    files.map(async (file) => {
      const content = await readFile(file);
      const options = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } };
      await writeFile(`${file}.br`, await brotli(content, options));
    }),
  );
}
