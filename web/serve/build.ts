import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';

const webFolder = join(import.meta.dirname, '..');
const dist = join(webFolder, 'dist');
const SOURCES = [
  'src',
  'public',
  'index.html',
  'vite.config.ts',
  'slim',
  'serve/build.ts',
  'package.json',
  '../bff/src/contract.ts',
  '../pnpm-lock.yaml',
];
const RETAINED_BUILDS = 4;
const COMPRESSIBLE = /\.(js|css|html|svg|json)$/;

/**
 * Builds the console unless a build of the same sources exists. Returns its folder, which is named after the
 * hash for a name: concurrent builds do not collide, and a running server keeps its own.
 */
export async function buildConsole(log: (line: string) => void): Promise<string> {
  const hash = await hashOf(SOURCES.map((source) => join(webFolder, source)));
  const folder = join(dist, hash.slice(0, 16));
  if (existsSync(folder)) return folder;
  log('Building the console');
  const draft = `${folder}.${process.pid}`;
  await buildPages(webFolder, draft);
  await writeConsolePage(draft);
  await rename(draft, folder).catch(() => rm(draft, { recursive: true, force: true }));
  await forgetOld();
  return folder;
}

/** Builds and compresses for production whatever the environment says: tests run what users get. */
export async function buildPages(root: string, folder: string): Promise<void> {
  const { NODE_ENV: before = '' } = process.env;
  process.env.NODE_ENV = 'production';
  const { build } = await import('vite');
  await build({ root, mode: 'production', logLevel: 'warn', build: { outDir: folder } });
  if (before === '') delete process.env.NODE_ENV;
  else process.env.NODE_ENV = before;
  await compress(folder);
}

type Manifest = Record<string, { file: string; imports?: string[]; css?: string[] }>;

/** Writes the page for browsers with a session: it asks for the console's files together with those of the sign-in form. */
async function writeConsolePage(folder: string): Promise<void> {
  const manifest: Manifest = JSON.parse(await readFile(join(folder, '.vite/manifest.json'), 'utf8'));
  const files = new Set<string>();
  const add = (name: string) => {
    const { file = '', imports = [], css = [] } = manifest[name] ?? {};
    if (files.has(file)) return;
    for (const each of [file, ...css]) files.add(each);
    imports.forEach(add);
  };
  add('src/app.tsx');
  const page = await readFile(join(folder, 'index.html'), 'utf8');
  const links = [...files]
    .filter((file) => !page.includes(file))
    .map(
      (file) => `<link rel="${file.endsWith('.css') ? 'stylesheet' : 'modulepreload'}" crossorigin href="/${file}">`,
    );
  await writeFile(join(folder, 'console.html'), page.replace('</head>', `${links.join('')}</head>`));
}

/** Keeps the newest builds, which running servers may still read. */
async function forgetOld(): Promise<void> {
  const folders = (await readdir(dist)).map((name) => join(dist, name));
  const dated = await Promise.all(folders.map(async (folder) => ({ folder, at: (await stat(folder)).mtimeMs })));
  const old = dated.sort((a, b) => b.at - a.at).slice(RETAINED_BUILDS);
  await Promise.all(old.map(({ folder }) => rm(folder, { recursive: true, force: true })));
}

/** Starts Vite's dev server as a middleware; it reloads the console on each change. */
export async function startDevServer() {
  const [{ createServer }, { gallery }] = await Promise.all([import('vite'), import('../gallery/plugin.ts')]);
  return createServer({ root: webFolder, server: { middlewareMode: true }, appType: 'spa', plugins: [gallery()] });
}

async function hashOf(places: string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const target of places) {
    for (const file of await filesIn(target)) hash.update(file.slice(webFolder.length)).update(await readFile(file));
  }
  return hash.digest('hex');
}

async function filesIn(target: string): Promise<string[]> {
  if (!existsSync(target)) return [];
  const entries = await readdir(target, { withFileTypes: true, recursive: true }).catch(() => null);
  if (!entries) return [target];
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/** Writes a compressed copy beside each text file, so that no request waits for compression. */
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
