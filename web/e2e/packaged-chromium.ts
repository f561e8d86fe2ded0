import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';

import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Meant for a place where nothing may fork, and for pages of no matter which origin. */
const LEFT_OUT = new Set([
  '--single-process',
  '--no-zygote',
  '--disable-web-security',
  '--allow-running-insecure-content',
]);
const HOME = join(import.meta.dirname, '../node_modules/.chromium');

export interface PackagedChromium {
  executablePath: string;
  args: string[];
  env: Record<string, string>;
}

/** The Chromium of the npm registry, unpacked once beside the packages, with the system libraries a bare machine lacks. */
export async function packagedChromium(): Promise<PackagedChromium> {
  if (!existsSync(HOME)) await unpack();
  const { default: packaged } = await import('@sparticuz/chromium');
  const { PATH = '', LD_LIBRARY_PATH = '' } = process.env;
  return {
    executablePath: join(HOME, 'chromium'),
    args: packaged.args.filter((argument) => !LEFT_OUT.has(argument)),
    env: {
      PATH,
      HOME,
      FONTCONFIG_PATH: join(HOME, 'fonts'),
      // The system's own libraries first: the packaged ones are older.
      LD_LIBRARY_PATH: [
        LD_LIBRARY_PATH,
        '/lib/x86_64-linux-gnu',
        '/usr/lib/x86_64-linux-gnu',
        '/usr/lib64',
        join(HOME, 'al2023/lib'),
      ]
        .filter(Boolean)
        .join(':'),
    },
  };
}

/** The package unpacks into the folder for temporary files, where another account's copy may lie; ours gets a folder of its own. */
async function unpack(): Promise<void> {
  const draft = `${HOME}-${process.pid}`;
  await mkdir(draft, { recursive: true });
  const { TMPDIR } = process.env;
  process.env.TMPDIR = draft;
  try {
    const { default: packaged, inflate } = await import('@sparticuz/chromium');
    await packaged.executablePath();
    const bin = join(dirname(fileURLToPath(import.meta.resolve('@sparticuz/chromium'))), '../bin');
    await inflate(join(bin, 'al2023.tar.br'));
  } finally {
    if (TMPDIR === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = TMPDIR;
  }
  await rename(draft, HOME).catch(() => rm(draft, { recursive: true, force: true }));
}
