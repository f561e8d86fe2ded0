// @vitest-environment node
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build, type Manifest } from 'vite';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';

const root = join(import.meta.dirname, '..');
let folder: string;
let manifest: Manifest;

beforeAll(async () => {
  // The runner sets "test", which would build React for development.
  vi.stubEnv('NODE_ENV', 'production');
  folder = await mkdtemp(join(tmpdir(), 'rolecall-budget-'));
  const configFile = join(root, 'vite.config.ts');
  await build({
    root,
    configFile,
    mode: 'production',
    logLevel: 'error',
    build: { outDir: folder, emptyOutDir: true },
  });
  manifest = JSON.parse(await readFile(join(folder, '.vite/manifest.json'), 'utf8'));
}, 60_000);

afterAll(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true, force: true });
});

function filesBehind(chunk: string, found = new Set<string>()): Set<string> {
  const entry = manifest[chunk];
  if (!entry) throw new Error(`The build has no chunk ${chunk}`);
  if (found.has(entry.file)) return found;
  found.add(entry.file);
  for (const needed of entry.imports ?? []) filesBehind(needed, found);
  return found;
}

/** Returns the gzipped kilobytes of JavaScript that these chunks load. */
async function weight(...chunks: string[]) {
  const files = new Set(chunks.flatMap((chunk) => [...filesBehind(chunk)]));
  const sizes = await Promise.all(
    [...files].map(async (file) => gzipSync(await readFile(join(folder, file)), { level: 9 }).length),
  );
  return sizes.reduce((sum, size) => sum + size, 0) / 1000;
}

const signIn = ['index.html', 'src/i18n/messages/en/entry.ts'];
const antdMessages = () => Object.keys(manifest).filter((chunk) => chunk.endsWith('antd/es/locale/en_US.js'));

it('loads at most 75.5 kB for the sign-in page', async () => {
  expect(await weight(...signIn)).toBeLessThanOrEqual(75.5);
});

it('keeps antd and Refine out of the sign-in page', async () => {
  const files = signIn.flatMap((chunk) => [...filesBehind(chunk)]);
  const code = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
  expect(code.join('')).not.toMatch(/ant-btn|refine-|@clerk/);
});

it('loads at most 400 kB for the first list', async () => {
  const list = ['src/app.tsx', 'src/i18n/messages/en.ts', 'src/pages/members/list.tsx', ...antdMessages()];
  expect(antdMessages()).toHaveLength(1);
  expect(await weight(...signIn, ...list)).toBeLessThanOrEqual(400);
});
