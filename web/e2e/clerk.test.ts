import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, openContext } from './browser.ts';
import { startClerkProduct } from './clerk-product.ts';
import { chooseItem } from './walk/menu.ts';

/** Clerk's SDK renews a token some 17 s before its end, so these are renewed within seconds. */
const TOKEN_SECONDS = 22;
const PASSWORD = 'correct horse battery';
const polling = { timeout: 60_000, interval: 100 };

let product: Awaited<ReturnType<typeof startClerkProduct>>;
let browser: Browser;
let page: Page;
let maya: string;
let northwind: string;
let harbour: string;
const outside: string[] = [];
const pageErrors: string[] = [];
const tokens = new Set<string>();

beforeAll(async () => {
  [product, browser] = await Promise.all([startClerkProduct({ tokenSeconds: TOKEN_SECONDS }), launchBrowser()]);
  const { instance, webhooks } = product;
  const clerkUser = (email: string, firstName: string) =>
    instance.createUser({ email, firstName, lastName: 'Okonkwo', password: PASSWORD }).id;
  maya = clerkUser('maya@northwind.test', 'Maya');
  northwind = instance.createOrganization({ name: 'Northwind School', slug: 'northwind', createdBy: maya }).id;
  const tomas = clerkUser('tomas@harbour.test', 'Tomás');
  harbour = instance.createOrganization({ name: 'Harbour Clinic', slug: 'harbour', createdBy: tomas }).id;
  await webhooks.idle();

  const context = await openContext(browser);
  await context.route(
    (url) => url.origin !== product.url,
    (route) => {
      outside.push(route.request().url());
      return route.abort();
    },
  );
  page = await context.newPage();
  page.on('pageerror', (error) => pageErrors.push(`page error: ${error.message}`));
  page.on('console', (message) => {
    const isFailedRequest = message.text().startsWith('Failed to load resource');
    if (message.type() === 'error' && !isFailedRequest) pageErrors.push(`console: ${message.text()}`);
  });
  page.on('request', async (request) => {
    const { pathname } = new URL(request.url());
    // Until the identity provider is known, the page shows nothing secret.
    if (!pathname.startsWith('/api/') || pathname === '/api/session-info') return;
    const headers = await request.allHeaders().catch(() => ({}) as Record<string, string>);
    if (headers.cookie) pageErrors.push(`a cookie went to ${request.url()}`);
    if (headers.authorization) tokens.add(headers.authorization);
  });
});
afterAll(async () => {
  await browser?.close();
  await product?.stop();
});

const see = (text: string | RegExp) => page.getByText(text).first().waitFor();
const heading = (name: string | RegExp) => page.getByRole('heading', { name }).first().waitFor();
const press = (name: string | RegExp) => page.getByRole('button', { name }).first().click();
const openMenu = () => press(/Language, theme, sign out|Langue, thème, déconnexion/);

async function fillIn(email: string, password: string): Promise<void> {
  const address = page.getByLabel('Email address');
  // Clerk renders its form again once its router is ready and drops earlier input.
  await expect
    .poll(async () => {
      await address.fill(email);
      await page.waitForTimeout(300);
      return address.inputValue();
    }, polling)
    .toBe(email);
  await press('Continue');
  // The first page has a second, hidden field for password managers.
  await page.waitForURL(/#\/factor-one/);
  await typePassword(password);
}
async function typePassword(password: string): Promise<void> {
  await page.getByLabel('Password', { exact: true }).fill(password);
  await press('Continue');
}
const sessions = () => product.instance.sessionsOf(maya).filter(({ status }) => status === 'active');

describe("signing in by Clerk's own SDK", () => {
  it('rejects a wrong password and opens the requested page with the right one', async () => {
    await page.goto(`${product.url}/t/northwind/members`);
    await fillIn('maya@northwind.test', 'wrong');
    await see(/Password is incorrect/);
    await typePassword(PASSWORD);
    await heading('Members');
    expect(new URL(page.url()).pathname).toBe('/t/northwind/members');
    expect(tokens.size).toBeGreaterThan(0);
  });

  it('shows changes made at Clerk without a reload and sets the active organization', async () => {
    await expect.poll(() => sessions()[0]?.last_active_organization_id, polling).toBe(northwind);
    product.instance.addMembership(harbour, maya, 'org:member');
    await product.webhooks.idle();
    await press(/Switch tenant/);
    await page.getByRole('option', { name: /Harbour Clinic/ }).click();
    await page.waitForURL(/\/t\/harbour\/home/);
    await expect.poll(() => sessions()[0]?.last_active_organization_id, polling).toBe(harbour);
  });

  it('opens the profile at Clerk and syncs its changes', async () => {
    await openMenu();
    await page.getByText('Account and security').click();
    await press('Update profile');
    await page.getByLabel('First name').fill('Amaka');
    await press('Save');
    await expect.poll(() => product.instance.state.users.get(maya)?.first_name, polling).toBe('Amaka');
    await product.webhooks.idle();
    await page.getByRole('button', { name: 'Close modal' }).click();
    await page.reload();
    await see('Amaka Okonkwo');
  });

  it('shows a user created at Clerk', async () => {
    const nadia = product.instance.createUser({
      email: 'nadia@northwind.test',
      firstName: 'Nadia',
      lastName: 'Haddad',
    });
    product.instance.addMembership(northwind, nadia.id, 'org:member');
    await product.webhooks.idle();
    await page.goto(`${product.url}/t/northwind/members`);
    await see('Nadia Haddad');
    expect(await page.getByText('Nadia Haddad').first().isVisible()).toBe(true);
  });

  it('renews the token before it expires', async () => {
    const before = tokens.size;

    await expect
      .poll(
        async () => {
          await page.getByRole('link', { name: 'Roles' }).click();
          await page.getByRole('link', { name: 'Members' }).click();
          return tokens.size;
        },
        { ...polling, interval: 500 },
      )
      .toBeGreaterThan(before);
  });

  it('asks to sign in over the page after the session is revoked, and loses nothing typed there', async () => {
    await page.goto(`${product.url}/t/northwind/roles`);
    await press('Create role');
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Night shift');
    product.instance.revokeSession(sessions()[0]?.id ?? '');
    await page.getByRole('dialog', { name: 'Sign in to continue' }).waitFor();
    await fillIn('maya@northwind.test', PASSWORD);
    await page.getByRole('dialog', { name: 'Sign in to continue' }).waitFor({ state: 'detached' });
    await page.getByRole('dialog').getByRole('button', { name: 'Create role' }).click();
    await page.getByRole('link', { name: /Night shift/ }).waitFor();
    expect(new URL(page.url()).hash).toBe('');
  });

  it('accepts an invitation after signing up at Clerk', async () => {
    await page.goto(`${product.url}/t/northwind/members`);
    await press('Invite member');
    await page.getByRole('dialog').getByLabel('E-mail address').fill('grace@newcomer.test');
    await press('Create invitation');
    const link = await page.getByLabel('Invitation link').inputValue();
    await press('Done');

    const theirs = await (await openContext(browser)).newPage();
    await theirs.goto(link);
    await theirs.getByRole('button', { name: 'Create account' }).click();
    await expect.poll(() => theirs.getByLabel('Email address').inputValue(), polling).toBe('grace@newcomer.test');
    await theirs.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await theirs.getByRole('button', { name: 'Continue' }).click();
    await theirs.getByRole('button', { name: 'Join Northwind School' }).click();
    await theirs.waitForURL(/\/t\/northwind\/home/);
    await theirs.context().close();
  });

  it('switches to French and signs out', async () => {
    await openMenu();
    await chooseItem(page, 'Français');
    await openMenu();
    await chooseItem(page, 'Se déconnecter');
    await page.getByLabel('Adresse e-mail').waitFor();
    await page.waitForURL(/\/sign-in/);
    expect(sessions()).toEqual([]);
    await press('English');
  });

  it('waits for an account that is not provisioned yet and opens once it is', async () => {
    product.webhooks.pause();
    product.instance.createUser({ email: 'noor@lumen.test', firstName: 'Noor', password: PASSWORD });
    await fillIn('noor@lumen.test', PASSWORD);
    await heading('Your account has not been synced yet');
    await see('noor@lumen.test');
    product.webhooks.resume();
    await see('You are not a member of any tenant yet');
  });
});

it('sends no request to another host and logs no error', () => {
  expect(outside).toEqual([]);
  expect(product.output()).not.toContain('BLOCKED CONNECTION TO');
  expect(pageErrors).toEqual([]);
});
