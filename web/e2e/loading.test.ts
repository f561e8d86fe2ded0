import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Browser, BrowserContext, Page, Response } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { buildConsole } from '../serve/build.ts';
import { launchBrowser, openContext } from './browser.ts';
import { DEMO_PASSWORD, signIn } from './product.ts';

const demoUrl = inject('demoUrl');
const ADA = 'owner@acme.test';
let browser: Browser;
let context: BrowserContext;
let page: Page;
let messages: string[];
let scripts: Response[];

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());
beforeEach(async () => {
  context = await openContext(browser);
  await openPage();
});
afterEach(() => context.close());

async function openPage() {
  page = await context.newPage();
  messages = [];
  scripts = [];
  page.on('console', (message) => messages.push(message.text()));
  page.on('pageerror', (error) => messages.push(error.message));
  page.on('response', (response) => {
    if (response.request().resourceType() === 'script') scripts.push(response);
  });
}

/** Returns the gzipped kilobytes of JavaScript that the page has loaded. */
async function weight(): Promise<number> {
  let known = -1;
  while (known !== scripts.length) {
    known = scripts.length;
    await page.waitForTimeout(300);
  }
  const bodies = await Promise.all(scripts.map((response) => response.body()));
  return bodies.reduce((sum, body) => sum + gzipSync(body, { level: 9 }).length, 0) / 1000;
}
const code = async () => (await Promise.all(scripts.map((response) => response.text()))).join('');

describe('loading', () => {
  it.each(['/', '/sign-in', '/t/acme/members'])(
    'shows the sign-in form at %s with at most 75 kB, quietly',
    async (path) => {
      await page.goto(demoUrl + path);
      await page.getByLabel('E-mail').waitFor();
      expect(await weight()).toBeLessThanOrEqual(75);
      expect(await code()).not.toMatch(/ant-btn|refine-|@clerk/);
      expect(messages).toEqual([]);
    },
  );

  it('shows the first list with at most 320 kB', async () => {
    await context.addCookies([(await signIn(demoUrl, ADA)).cookie]);
    await page.goto(`${demoUrl}/t/acme/members`);
    await page.getByRole('link', { name: 'Ada Park' }).first().waitFor();
    expect(await weight()).toBeLessThanOrEqual(320);
    // The page itself names the console's code: it does not wait for the code of the sign-in form.
    const preloaded = await page.evaluate(() =>
      performance
        .getEntriesByType('resource')
        .filter((each) => 'initiatorType' in each && each.initiatorType === 'other'),
    );
    expect(preloaded.length).toBeGreaterThan(4);
    expect(messages).toEqual([]);
  });

  it('loads the console while the user types', async () => {
    await page.goto(`${demoUrl}/sign-in?to=%2Ft%2Facme%2Fmembers`);
    await page.getByLabel('E-mail').fill(ADA);
    await expect.poll(() => scripts.length).toBeGreaterThan(6);
    await page.getByLabel('Password', { exact: true }).fill(DEMO_PASSWORD);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('link', { name: 'Ada Park' }).first().waitFor();
  });

  it('leaves the component gallery out of the build', async () => {
    const folder = await buildConsole(() => {});
    const names = await readdir(folder, { recursive: true });
    const texts = names.filter((name) => /\.(js|css|html|json)$/.test(name));
    const contents = await Promise.all(texts.map((name) => readFile(join(folder, name), 'utf8')));
    expect(texts.length).toBeGreaterThan(50);
    expect(texts.filter((_, at) => /dev\/gallery|gallery-nav|Konstantinopolita/.test(contents[at] ?? ''))).toEqual([]);
  });
});
