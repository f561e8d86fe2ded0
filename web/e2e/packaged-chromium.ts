import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { lstat, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { arch, platform } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { LaunchOptions } from 'playwright-core';

const PACKAGES = join(import.meta.dirname, '../node_modules');

/** Meant for a place where nothing may fork, and for pages of any origin. */
const OMITTED_ARGS = new Set([
  '--single-process',
  '--no-zygote',
  '--disable-web-security',
  '--allow-running-insecure-content',
]);

/** Returns how to launch the Chromium of the npm registry, which is unpacked once per version and user. */
export async function packagedChromium() {
  if (platform() !== 'linux' || arch() !== 'x64') {
    throw new Error('CHROMIUM_PATH must name a Chromium or Chrome: npm has one for Linux on x64 only');
  }
  const folder = await unpackedFolder();
  const { default: packaged } = await import('@sparticuz/chromium');
  const { PATH = '', LD_LIBRARY_PATH = '' } = process.env;
  return {
    executablePath: join(folder, 'chromium'),
    args: packaged.args.filter((argument) => !OMITTED_ARGS.has(argument)),
    env: {
      PATH,
      HOME: folder,
      FONTCONFIG_FILE: join(import.meta.dirname, 'fonts.conf'),
      XDG_DATA_HOME: folder,
      XDG_CACHE_HOME: folder,
      // The system's own libraries first: the packaged ones are older.
      LD_LIBRARY_PATH: [
        LD_LIBRARY_PATH,
        '/lib/x86_64-linux-gnu',
        '/usr/lib/x86_64-linux-gnu',
        '/usr/lib64',
        join(folder, 'al2023/lib'),
      ]
        .filter(Boolean)
        .join(':'),
    },
  } satisfies LaunchOptions;
}

async function unpackedFolder(): Promise<string> {
  const { version } = JSON.parse(await readFile(join(PACKAGES, '@sparticuz/chromium/package.json'), 'utf8'));
  const uid = process.getuid?.();
  const folder = join(PACKAGES, `.chromium-${version}-${uid}`);
  if (!existsSync(folder)) await unpack(folder);
  const found = await lstat(folder);
  if (!found.isDirectory() || found.uid !== uid || (found.mode & 0o077) !== 0) {
    throw new Error(`${folder} is open to other users: remove it, and the next run unpacks the browser again`);
  }
  return folder;
}

/** Unpacks into a private draft and renames it, so that no process sees half a browser; the first of several wins. */
async function unpack(folder: string): Promise<void> {
  const draft = await mkdtemp(`${folder}-`);
  try {
    const script = join(import.meta.dirname, 'unpack-chromium.ts');
    await promisify(execFile)(process.execPath, [script], { env: { ...process.env, TMPDIR: draft } });
    await rename(draft, folder);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
}
