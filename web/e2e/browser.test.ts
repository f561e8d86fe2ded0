import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { launchBrowser, launchProven } from './browser.ts';
import { packagedChromium } from './packaged-chromium.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rolecall-fonts-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));
afterEach(() => vi.unstubAllEnvs());

/** The packaged browser with only the fonts of these folders. */
async function browserWithFonts(...fonts: string[]) {
  const conf = join(folder, 'fonts.conf');
  const dirs = fonts.map((font) => `<dir prefix="xdg">${font}</dir>`).join('');
  await writeFile(conf, `<fontconfig>${dirs}<cachedir prefix="xdg">fonts-cache</cachedir></fontconfig>`);
  const options = await packagedChromium();
  return { ...options, env: { ...options.env, FONTCONFIG_FILE: conf } };
}

describe('launching a browser', () => {
  it('rejects in one sentence a browser that dies for want of fonts', async () => {
    await expect(launchProven(await browserWithFonts())).rejects.toThrow(
      /^The browser \S+ cannot render a simple page: .+$/,
    );
  });

  it('rejects a browser without a monospace font', async () => {
    await expect(launchProven(await browserWithFonts('fonts'))).rejects.toThrow('its monospace font is not monospaced');
  });

  it('takes the browser that CHROMIUM_PATH names', async () => {
    vi.stubEnv('CHROMIUM_PATH', join(folder, 'no-browser'));
    await expect(launchBrowser()).rejects.toThrow(/^The browser \S+\/no-browser cannot render a simple page: .+$/);
  });
});
