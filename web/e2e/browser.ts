import { type Browser, chromium, type LaunchOptions } from 'playwright-core';
import { packagedChromium } from './packaged-chromium.ts';
import { assertRenders } from './proof-page.ts';

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

/** Launches the packaged Chromium, or the browser that CHROMIUM_PATH names, and throws unless it renders the proof page. */
export async function launchBrowser(): Promise<Browser> {
  const { CHROMIUM_PATH } = process.env;
  return launchProven(CHROMIUM_PATH ? { executablePath: CHROMIUM_PATH } : await packagedChromium());
}

export async function launchProven({ args = [], ...options }: LaunchOptions): Promise<Browser> {
  let browser: Browser | undefined;
  try {
    browser = await chromium.launch({ ...options, args: [...args, ...ARGS] });
    await assertRenders(browser);
    return browser;
  } catch (error) {
    await browser?.close();
    const [reason] = (error as Error).message.split('\n');
    throw new Error(`The browser ${options.executablePath} cannot render a simple page: ${reason}`, { cause: error });
  }
}
