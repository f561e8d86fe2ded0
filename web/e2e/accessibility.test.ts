import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { launchBrowser } from './browser.ts';
import { violationsOn } from './walk/axe.ts';
import { startGallery } from './walk/gallery.ts';
import { listen } from './walk/listen.ts';
import { localViews } from './walk/local-views.ts';
import { localSessions } from './walk/sessions.ts';
import { SIZES, type Size, type Theme } from './walk/themes.ts';
import { type Walk, walk } from './walk/walk.ts';

/** Filters open antd's own lists and calendars; the invitation dialog is the same from every page. */
const SKIPPED = /(^|\.)filter\.|^(?!tenant-members\.).*\.invite-member$/;
/** Views of what does not exist, whose request the browser logs. */
const MISSING = /^(invitation-closed|no-record|no-tenant)$/;

const demoUrl = inject('demoUrl');
let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

/** Returns what axe reports, what the console prints and what leaves the host, by the name of what is on screen. */
async function faultsOf(walked: Walk, size: Size, colorScheme: Theme) {
  const context = await browser.newContext({ viewport: SIZES[size], colorScheme, reducedMotion: 'reduce' });
  context.setDefaultTimeout(30_000);
  const page = await context.newPage();
  const messages = listen(page, walked.url);
  const faults: string[] = [];
  const names: string[] = [];
  for await (const name of walk(page, { ...walked, skip: SKIPPED })) {
    names.push(name);
    const printed = messages.splice(0).filter((message) => !(MISSING.test(name) && / 404 /.test(message)));
    const found = [...(await violationsOn(page)), ...printed];
    faults.push(...found.map((fault) => `${size}, ${colorScheme}, ${name}: ${fault}`));
  }
  await context.close();
  return { faults, names };
}

/** Colours do not depend on the size, nor structure on the theme, so each is seen with one of the other. */
describe('every page and dialog', () => {
  it('has no violation of any level, prints nothing and stays on its host', async () => {
    const views = await localViews({ url: demoUrl });
    const names = new Set(views.map(({ name }) => name));
    // The platform's pages that a tenant has too are the same components: they are seen in one size.
    const narrow = views.filter(
      ({ name }) => !names.has(name.replace(/^platform-/, 'tenant-')) || /^tenant-/.test(name),
    );
    const product = { url: demoUrl, signIn: localSessions(demoUrl) };
    const results = await Promise.all([
      faultsOf({ ...product, views }, 'wide', 'dark'),
      faultsOf({ ...product, views: narrow }, 'narrow', 'light'),
    ]);
    expect(results.flatMap(({ faults }) => faults)).toEqual([]);
    for (const [at, seen] of [views, narrow].entries()) {
      expect(results[at]?.names).toEqual(expect.arrayContaining(seen.map(({ name }) => name)));
      expect(results[at]?.names.length).toBeGreaterThan(seen.length + 15);
    }
  }, 300_000);

  it('has no violation in the gallery', async () => {
    const gallery = await startGallery();
    const walked = { url: gallery.url, views: [{ name: 'gallery', path: '/dev/gallery', as: null }] };
    const results = await Promise.all([faultsOf(walked, 'wide', 'dark'), faultsOf(walked, 'narrow', 'light')]);
    await gallery.stop();
    // Vite's dev server prints what it does, and the states of a section share its name.
    const expected = /: (debug|info): |: landmark-unique /;
    const faults = results.flatMap(({ faults }) => faults.filter((fault) => !expected.test(fault)));
    expect(faults).toEqual([]);
  });
});
