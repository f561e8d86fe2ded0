import { existsSync } from 'node:fs';
import { arch, platform } from 'node:os';
import { type Browser, chromium } from 'playwright-core';

const INSTALLED = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** No sandbox, because root has none; nothing that would call home. */
const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--hide-scrollbars',
];

/** An installed Chromium, or the one that comes from npm. */
export async function launchBrowser(): Promise<Browser> {
  const installed = INSTALLED.find((path) => path && existsSync(path));
  if (installed) return chromium.launch({ executablePath: installed, args: ARGS });
  if (platform() !== 'linux' || arch() !== 'x64') {
    throw new Error('Install Chromium or Chrome, or set CHROMIUM_PATH: npm has one for Linux on x64 only');
  }
  const { packagedChromium } = await import('./packaged-chromium.ts');
  const { executablePath, args, env } = await packagedChromium();
  return chromium.launch({ executablePath, args: [...args, ...ARGS], env });
}
