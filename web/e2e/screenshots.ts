/**
 * `pnpm screenshots [parts of names]`: the gallery, every page and every dialog, light and dark, wide and narrow, English and French,
 * with local accounts, Clerk and tokens of a host app where they differ. screenshots/index.html and screenshots/sheets show them all.
 */
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser, openContext } from './browser.ts';
import { writeContactSheet } from './walk/contact-sheet.ts';
import { MODES, type Walkable } from './walk/modes.ts';
import { SIZES, type Size, showTheme, THEMES } from './walk/themes.ts';
import { walk } from './walk/walk.ts';

const FOLDER = join(import.meta.dirname, '../../screenshots');
const LOCALES = ['en', 'fr'] as const;
const TALLEST = 8_000;
const parts = process.argv.slice(2);

async function take(browser: Browser, { url, views, signIn }: Walkable, locale: string, size: Size) {
  const selected = parts.length === 0 ? views : views.filter(({ name }) => parts.some((part) => name.includes(part)));
  const context = await openContext(browser, { viewport: SIZES[size], locale });
  const page = await context.newPage();
  for await (const name of walk(page, { url, views: selected, ...(signIn ? { signIn } : {}) })) {
    for (const theme of THEMES) {
      await showTheme(page, theme);
      await shoot(page, join(FOLDER, `${name.slice(0, 80)}.${locale}.${theme}.${size}.png`));
    }
    await showTheme(page, 'light');
  }
  await context.close();
}

/** The whole page, unless it is very long. */
async function shoot(page: Page, path: string) {
  const viewport = page.viewportSize() ?? SIZES.wide;
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  const isLayerOpen = (await page.locator('[role="dialog"], dialog[open]').count()) > 0;
  const clip = { x: 0, y: 0, width: viewport.width, height: Math.min(TALLEST, Math.max(height, viewport.height)) };
  await page.screenshot(isLayerOpen ? { path } : { path, clip, fullPage: true });
}

const browser = await launchBrowser();
try {
  if (parts.length === 0) await rm(FOLDER, { recursive: true, force: true });
  await mkdir(FOLDER, { recursive: true });
  for (const [mode, start] of Object.entries(MODES)) {
    const product = await start();
    try {
      for (const locale of LOCALES) {
        await Promise.all([take(browser, product, locale, 'wide'), take(browser, product, locale, 'narrow')]);
        process.stdout.write(`${mode}, ${locale}: done\n`);
      }
    } finally {
      await product.stop();
    }
  }
  process.stdout.write(`${await writeContactSheet(browser, FOLDER)}\n`);
} finally {
  await browser.close();
}
// Channels between tabs, which the registry of the pages opens, would keep the process.
process.exit();
