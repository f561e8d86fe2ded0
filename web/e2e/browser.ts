import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type LaunchOptions,
} from 'playwright-core';
import { packagedChromium } from './packaged-chromium.ts';
import { assertRenders } from './proof-page.ts';
import { SIZES } from './walk/themes.ts';

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

/** Opens a context for a user who reads English and wants little motion: moving pixels take most of the processor. */
export async function openContext(browser: Browser, options: BrowserContextOptions = {}): Promise<BrowserContext> {
  const context = await browser.newContext({
    ...{ viewport: SIZES.wide, locale: 'en-GB', reducedMotion: 'reduce' },
    ...options,
  });
  // A busy machine needs longer than a person would wait.
  context.setDefaultTimeout(60_000);
  return context;
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
