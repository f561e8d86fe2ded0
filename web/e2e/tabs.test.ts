import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { launchBrowser, openContext } from './browser.ts';
import { DEMO_PASSWORD, signIn } from './product.ts';
import { chooseItem } from './walk/menu.ts';

const demoUrl = inject('demoUrl');
const ADA = 'owner@acme.test';
const STAFF = 'owner@rolecall.test';
let browser: Browser;
let context: BrowserContext;
let tabs: [Page, Page];

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());
beforeEach(async () => {
  context = await openContext(browser);
  tabs = [await context.newPage(), await context.newPage()];
});
afterEach(() => context.close());

/** Signs in on the sign-in page of a tab. */
async function signInAt(tab: Page, email: string) {
  await tab.goto(`${demoUrl}/sign-in`);
  await tab.getByLabel('E-mail').fill(email);
  await tab.getByLabel('Password', { exact: true }).fill(DEMO_PASSWORD);
  await tab.getByRole('button', { name: 'Sign in', exact: true }).click();
  await shows(tab, email);
}
const shows = async (tab: Page, email: string) => {
  const user = await (await signIn(demoUrl, email)).call<{ user: { name: string } }>('/api/me');
  await userMenu(tab).getByText(user.user.name, { exact: true }).waitFor();
};
/** Names the user who is signed in; other names on a page are those of its data. */
const userMenu = (tab: Page) => tab.getByRole('button', { name: /Language, theme, sign out/ });

describe('two tabs of a browser', () => {
  it('both end when the user signs out in one', async () => {
    const [first, second] = tabs;
    await signInAt(first, ADA);
    await second.goto(`${demoUrl}/t/acme/members`);
    await shows(second, ADA);
    await userMenu(first).click();
    await chooseItem(first, 'Sign out');
    await first.waitForURL('**/sign-in**');
    await second.waitForURL('**/sign-in**');
    expect(new URL(second.url()).pathname).toBe('/sign-in');
  });

  it('both open when the user signs in in one', async () => {
    const [first, second] = tabs;
    await second.goto(`${demoUrl}/sign-in?to=%2Ft%2Facme%2Fmembers`);
    await second.getByLabel('E-mail').waitFor();
    await signInAt(first, ADA);
    await second.waitForURL('**/t/acme/members');
    await shows(second, ADA);
    expect(await second.getByLabel('Password', { exact: true }).count()).toBe(0);
  });

  it('both tell of a new row, over one stream, and take the keys of a list', async () => {
    const [first, second] = tabs;
    let streams = 0;
    context.on('request', (request) => {
      if (request.url().includes('/api/events')) streams += 1;
    });
    // Other suites invite people to Acme.
    const owner = await signIn(demoUrl, 'owner@globex.test');
    const { memberships } = await owner.call<{ memberships: { tenantId: string }[] }>('/api/me');
    const tenant = `/api/admin/tenants/${memberships[0]?.tenantId}`;
    const { data } = await owner.call<{ data: { id: string }[] }>(`${tenant}/roles?key=member`);
    const invite = (email: string) => owner.call(`${tenant}/invitations`, { email, roleIds: [data[0]?.id] });
    const top = 'top.row@example.test';
    await invite(top);
    await context.addCookies([owner.cookie]);
    for (const tab of tabs) {
      await tab.goto(`${demoUrl}/t/globex/invitations`);
      await tab.locator('.row-link').filter({ hasText: top }).waitFor();
    }
    await invite('new.row@example.test');
    for (const tab of tabs) await tab.getByRole('button', { name: '1 new' }).waitFor();
    expect(await first.locator('.row-link').first().textContent()).toBe(top);
    expect(streams).toBe(1);
    await second.getByRole('button', { name: '1 new' }).click();
    const focused = () => second.evaluate(() => document.activeElement?.textContent);
    await expect.poll(focused).toBe('new.row@example.test');
    await second.keyboard.press('j');
    expect(await focused()).toBe(top);
    await second.keyboard.press('k');
    await second.keyboard.press('Enter');
    await second.getByRole('heading', { name: 'new.row@example.test' }).waitFor();
    await first.keyboard.press('/');
    expect(await first.evaluate(() => document.activeElement?.getAttribute('type'))).toBe('search');
  });

  it('both show the user who signed in last', async () => {
    const [first, second] = tabs;
    await signInAt(first, ADA);
    await signInAt(second, STAFF);
    await shows(first, STAFF);
    expect(await userMenu(first).getByText('Ada Park', { exact: true }).count()).toBe(0);
  });

  it('refuses the change of a page that still shows the first user', async () => {
    const [first] = tabs;
    await signInAt(first, ADA);
    await first.goto(`${demoUrl}/t/acme/roles`);
    await first.getByRole('button', { name: 'Create role' }).click();
    await first.getByRole('textbox', { name: 'Name', exact: true }).fill('Booked on another');
    // Nothing told this tab, as when it was frozen; nor does an earlier request.
    const { cookie } = await signIn(demoUrl, STAFF);
    await first.route(/\/roles$/, async (route) => {
      await context.addCookies([cookie]);
      await route.continue();
    });
    const answered = first.waitForResponse((response) => response.request().method() === 'POST');
    await first.getByRole('dialog').getByRole('button', { name: 'Create role' }).click();
    expect((await answered).status()).toBe(409);
    await first.getByText('Another user has signed in to this browser').first().waitFor();
    await shows(first, STAFF);
  });
});
