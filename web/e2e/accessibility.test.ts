import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { launchBrowser, openContext } from './browser.ts';
import { violationsOn } from './walk/axe.ts';
import { startGallery } from './walk/gallery.ts';
import { listen } from './walk/listen.ts';
import { localViews } from './walk/local-views.ts';
import { localSessions } from './walk/sessions.ts';
import { SIZES, type Size, showTheme, THEMES, type Theme } from './walk/themes.ts';
import { type Walk, walk } from './walk/walk.ts';

/** Filters open antd's own lists and calendars; the invitation dialog is the same from every page. */
const SKIPPED = /(^|\.)filter\.|^(?!tenant-members\.).*\.invite-member$/;
/** Views of what does not exist, whose request the browser logs. */
const MISSING = /^(invitation-closed|no-record|no-tenant)$/;

/** Views of a page that another view shows too, in a state of the gallery or with other data. */
const REPEATED = /^(members-nothing-found|explain-own|history-user|no-record|platform-not-found)$/;

const isAll = process.env.ACCESSIBILITY === 'all';
/** Colours do not depend on the size, nor structure on the theme, so each is seen with one of the other. */
const SHOWN: [Size, Theme][] = isAll
  ? THEMES.flatMap((theme): [Size, Theme][] => [
      ['wide', theme],
      ['narrow', theme],
    ])
  : [
      ['wide', 'dark'],
      ['narrow', 'light'],
    ];

const demoUrl = inject('demoUrl');
let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

/** Returns what axe reports, what the console prints and what leaves the host, by the name of what is on screen. */
async function faultsOf(walked: Walk, ...shown: [Size, Theme][]) {
  const context = await openContext(browser);
  const page = await context.newPage();
  const show = async ([size, theme]: [Size, Theme]) => {
    await page.setViewportSize(SIZES[size]);
    await showTheme(page, theme);
  };
  if (shown[0]) await show(shown[0]);
  const messages = listen(page, walked.url);
  const faults: string[] = [];
  const names: string[] = [];
  for await (const name of walk(page, { ...walked, skip: SKIPPED })) {
    names.push(name);
    // Each theme draws the whole page again, so that what opens above it is seen in one.
    const isView = walked.views.some((view) => view.name === name);
    for (const each of isAll || isView ? shown : shown.slice(-1)) {
      if (shown.length > 1) await show(each);
      const printed = messages.splice(0).filter((message) => !(MISSING.test(name) && / 404 /.test(message)));
      const found = [...(await violationsOn(page)), ...printed];
      faults.push(...found.map((fault) => `${each.join(', ')}, ${name}: ${fault}`));
    }
  }
  await context.close();
  return { faults, names };
}

describe.concurrent('every page and dialog', () => {
  it('has no violation of any level, prints nothing and stays on its host', async () => {
    const all = await localViews({ url: demoUrl });
    const names = new Set(all.map(({ name }) => name));
    // The platform's pages that a tenant has too are the same components, but those that ask for a tenant.
    const isOfTenant = (name: string) =>
      /^platform-(?!home|explain|access-history)/.test(name) && names.has(name.replace(/^platform-/, 'tenant-'));
    const views = all.filter(({ name }) => isAll || !(REPEATED.test(name) || isOfTenant(name)));
    const product = { url: demoUrl, signIn: localSessions(demoUrl) };
    // By default each view is seen once, one after the other in another way; their pieces are seen in all of them in the gallery.
    const shareOf = (index: number) => views.filter((_, at) => isAll || at % SHOWN.length === index);
    const results = await Promise.all(
      SHOWN.map((each, index) => faultsOf({ ...product, views: shareOf(index) }, each)),
    );
    expect(results.flatMap(({ faults }) => faults)).toEqual([]);
    const seen = results.flatMap(({ names: some }) => some);
    expect(seen).toEqual(expect.arrayContaining(views.map(({ name }) => name)));
    expect(seen.length).toBeGreaterThan(views.length + 15);
  }, 900_000);

  it('has no violation in the gallery', async () => {
    const gallery = await startGallery();
    const walked = { url: gallery.url, views: [{ name: 'gallery', path: '/dev/gallery', as: null }] };
    // Loaded once: it comes in hundreds of files.
    const { faults } = await faultsOf(walked, ...SHOWN);
    await gallery.stop();
    // Vite's dev server prints what it does, and the states of a section share its name.
    const expected = /: (debug|info): |: landmark-unique /;
    expect(faults.filter((fault) => !expected.test(fault))).toEqual([]);
  }, 900_000);
});
