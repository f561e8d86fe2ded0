import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from './browser.ts';
import { chooseItem } from './menu.ts';
import { DEMO_PASSWORD, type Product, startProduct } from './product.ts';

const TIMEOUT_MS = 15_000;

let product: Product;
let browser: Browser;
let page: Page;
const pageErrors: string[] = [];

beforeAll(async () => {
  [product, browser] = await Promise.all([startProduct(), launchBrowser()]);
  const context = await browser.newContext({ viewport: { width: 1280, height: 860 }, locale: 'en-GB' });
  context.setDefaultTimeout(TIMEOUT_MS);
  page = await context.newPage();
  page.on('pageerror', (error) => pageErrors.push(`page error: ${error.message}`));
  page.on('console', (message) => {
    const isAnswer = message.text().startsWith('Failed to load resource');
    if (message.type() === 'error' && !isAnswer) pageErrors.push(`console: ${message.text()}`);
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(product.url) && !request.url().startsWith('data:'))
      pageErrors.push(`left for ${request.url()}`);
  });
});
afterAll(async () => {
  await browser?.close();
  await product?.stop();
});

const see = (text: string | RegExp) => page.getByText(text).first().waitFor();
const press = (name: string | RegExp) => page.getByRole('button', { name }).first().click();
const heading = (name: string | RegExp) => page.getByRole('heading', { name }).first().waitFor();

async function signIn(email: string): Promise<void> {
  await page.goto(`${product.url}/sign-in`);
  await page.getByLabel('E-mail address').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(DEMO_PASSWORD);
  await press('Sign in');
  await page.waitForURL(/\/t\/acme/);
}

async function signOut(): Promise<void> {
  await press(/Language, theme, sign out/);
  await chooseItem(page, 'Sign out');
  await page.getByLabel('E-mail address').waitFor();
}

/** Runs axe: contrast, labels and roles. */
async function expectAccessible(): Promise<void> {
  // Evaluated from outside: the page itself allows no inline script.
  await page.evaluate(axe.source);
  const violations = await page.evaluate(async () => {
    // biome-ignore lint/suspicious/noExplicitAny: axe is a global of the page
    const { violations } = await (window as any).axe.run(document, { resultTypes: ['violations'] });
    return violations
      .filter(({ impact }: { impact: string }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }: { id: string; nodes: { html: string }[] }) => `${id}: ${nodes[0]?.html.slice(0, 200)}`);
  });
  expect(violations, page.url()).toEqual([]);
}

describe('inviting a user and changing a role, in a browser', () => {
  let link = '';

  it('signs in an admin who searches the member list', async () => {
    await signIn('admin@acme.test');
    await page.getByRole('link', { name: 'Members' }).click();
    await heading('Members');
    await page.getByPlaceholder('Name or e-mail').fill('nadia');
    await see('Nadia Haddad');
    await page.waitForURL(/q=nadia/);
    await expectAccessible();
  });

  it('invites a user with a role and shows the link once', async () => {
    await press('Invite member');
    await page.getByRole('dialog').getByLabel('E-mail address').fill('grace.hopper@example.test');
    await page.getByRole('dialog').getByText('Auditor', { exact: true }).click();
    await expectAccessible();
    await press('Create invitation');
    await see('Invitation for grace.hopper@example.test created');
    link = await page.getByLabel('Invitation link').inputValue();
    expect(link).toMatch(/\/invitations\/[\w-]{43}$/);
    await press('Done');
    await signOut();
  });

  it('lets the invited user accept', async () => {
    await page.goto(link);
    await see(/Acme/);
    await page.getByLabel('Your name').fill('Grace Hopper');
    await page.getByLabel('Password', { exact: true }).fill('a long enough password');
    await expectAccessible();
    await page.locator('form button[type=submit]').click();
    await page.waitForURL(/\/t\/acme/);
    await see('Grace Hopper');
    await signOut();
  });

  it('changes the role of the new member', async () => {
    await signIn('owner@acme.test');
    await page.goto(`${product.url}/t/acme/members?q=grace+hopper`);
    await page
      .getByRole('link', { name: /Grace Hopper/ })
      .first()
      .click();
    await heading('Grace Hopper');
    await press('Edit roles');
    await page.getByRole('dialog').getByText('Auditor', { exact: true }).click();
    await page.getByRole('dialog').getByText('Admin', { exact: true }).click();
    await press('Save roles');
    const preview = page.getByRole('dialog').filter({ hasText: 'Impact' });
    await preview.getByText('members:update').waitFor();
    await expectAccessible();
    await preview.getByRole('button', { name: 'Save roles' }).click();
    await see('Roles of Grace Hopper updated');
    await expectAccessible();
  });

  it('shows the audit event with before and after', async () => {
    await page.getByRole('link', { name: 'Audit log' }).click();
    await heading('Audit log');
    const event = page.getByRole('row').filter({ hasText: 'Grace Hopper' }).filter({ hasText: 'Admin' }).first();
    await event.waitFor();
    await event.getByRole('link').last().click();
    await see('What changed');
    const change = page.getByRole('row').filter({ hasText: 'Roles' });
    await expect.poll(() => change.first().textContent()).toMatch(/Auditor[\s\S]*Admin/);
    await expectAccessible();
  });

  it('switches to French and to the dark theme', async () => {
    await press(/Language, theme, sign out/);
    await chooseItem(page, 'Français');
    await page.getByRole('link', { name: 'Membres' }).waitFor();
    await press(/Ada Park/);
    await chooseItem(page, 'Sombre');
    await expect.poll(() => page.evaluate(() => document.documentElement.dataset.theme)).toBe('dark');
    // A menu that fades out has too little contrast.
    await page.getByText('Sombre').waitFor({ state: 'hidden' });
    await expectAccessible();
  });

  it('hides other tenants', async () => {
    await page.goto(`${product.url}/t/globex/members`);
    await see('Introuvable');
    expect(await page.locator('body').textContent()).not.toMatch(/globex\.test/i);
  });

  it('logs no error and sends no request to another host', () => {
    expect(pageErrors).toEqual([]);
  });
});
