import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';

const webFolder = import.meta.dirname;
const dist = join(webFolder, 'dist');
const SOURCES = [
  'src',
  'public',
  'index.html',
  'vite.config.ts',
  'package.json',
  '../bff/src/contract.ts',
  '../pnpm-lock.yaml',
];
const KEPT = 4;
const COMPRESSIBLE = /\.(js|css|html|svg|json)$/;

/**
 * Builds the console unless it stands there already from the same sources. Answers its folder, which has the sources'
 * hash for a name: two that build at once do not meet, and a server that is running keeps the one it began with.
 */
export async function buildConsole(log: (line: string) => void): Promise<string> {
  const hash = await hashOf(SOURCES.map((source) => join(webFolder, source)));
  const folder = join(dist, hash.slice(0, 16));
  if (existsSync(folder)) return folder;
  log('Building the console');
  const draft = `${folder}.${process.pid}`;
  const { build } = await import('vite');
  await build({ root: webFolder, logLevel: 'warn', build: { outDir: draft } });
  await compress(draft);
  await rename(draft, folder).catch(() => rm(draft, { recursive: true, force: true }));
  await forgetOld();
  return folder;
}

/** Keeps the newest few, which servers may still be reading. */
async function forgetOld(): Promise<void> {
  const folders = (await readdir(dist)).map((name) => join(dist, name));
  const dated = await Promise.all(folders.map(async (folder) => ({ folder, at: (await stat(folder)).mtimeMs })));
  const old = dated.sort((a, b) => b.at - a.at).slice(KEPT);
  await Promise.all(old.map(({ folder }) => rm(folder, { recursive: true, force: true })));
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
  await Promise.all(
    files.map(async (file) => {
      const content = await readFile(file);
      const options = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } };
      await writeFile(`${file}.br`, await brotli(content, options));
    }),
  );
}
