import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { launchBrowser, openContext } from './browser.ts';
import { DEMO_PASSWORD } from './product.ts';
import { violationsOn } from './walk/axe.ts';
import { keyboardOf } from './walk/keyboard.ts';
import { listen } from './walk/listen.ts';
import { chooseItem } from './walk/menu.ts';
import { localSessions } from './walk/sessions.ts';

const demoUrl = inject('demoUrl');
let browser: Browser;
let page: Page;
let messages: string[];
let keys: ReturnType<typeof keyboardOf>;
let signInByCookie: ReturnType<typeof localSessions>;

beforeAll(async () => {
  browser = await launchBrowser();
  page = await (await openContext(browser)).newPage();
  messages = listen(page, demoUrl);
  keys = keyboardOf(page);
  signInByCookie = localSessions(demoUrl);
});
afterAll(() => browser?.close());

const see = (text: string | RegExp) => page.getByText(text).first().waitFor();
const button = (name: string | RegExp) => page.getByRole('button', { name });
const link = (name: string | RegExp) => page.getByRole('link', { name });
const dialog = () => page.getByRole('dialog');
const heading = (name: string | RegExp) => page.getByRole('heading', { level: 1, name });
/** Where the keyboard goes on after a dialog or on a new page. */
const expectFocus = (target: Locator) => expect(keys.waitForFocus(target)).resolves.toBeUndefined();
const userMenu = () => button(/Language, theme, sign out/);

describe('inviting a user and changing a role, by keyboard alone', () => {
  let invitation = '';

  async function signIn(email: string) {
    await keys.fill(page.getByLabel('E-mail address'), email);
    await keys.fill(page.getByLabel('Password', { exact: true }), DEMO_PASSWORD);
    await keys.press('Enter');
    await expectFocus(heading('Acme'));
  }
  async function signOut() {
    await keys.use(userMenu(), { isBefore: true });
    await keys.choose(page.getByRole('menuitem', { name: 'Sign out' }));
    await page.getByLabel('E-mail address').waitFor();
  }

  it('focuses the heading of each page, and fields and menus where they are expected', async () => {
    await page.goto(`${demoUrl}/sign-in`);
    await signIn('admin@acme.test');
    await keys.use(link(/^Members$/));
    await expectFocus(heading('Members'));
    await keys.press('/');
    await expectFocus(page.getByPlaceholder('Name or e-mail'));
    await keys.write('nadia');
    await page.waitForURL(/q=nadia/);
    await see('Nadia Haddad');
    await keys.use(userMenu(), { isBefore: true });
    await page.locator('[role="menu"]:focus, [role="menu"] :focus').waitFor();
    await keys.press('Escape');
    await expectFocus(userMenu());
    await keys.use(button(/Switch tenant/), { isBefore: true });
    await expectFocus(page.getByPlaceholder('Find a tenant'));
    await keys.press('Escape');
    await expectFocus(button(/Switch tenant/));
  });

  it('invites a user with a role, shows the link once and returns the focus', async () => {
    await keys.use(button('Invite member'));
    await expectFocus(dialog().getByLabel('E-mail address'));
    await keys.press('Escape');
    await expectFocus(button('Invite member'));
    await keys.press('Enter');
    await expectFocus(dialog().getByLabel('E-mail address'));
    await keys.write('grace.hopper@example.test');
    await keys.use(dialog().getByRole('checkbox', { name: /^Auditor/ }), { key: 'Space' });
    await keys.use(button('Create invitation'));
    await see('Invitation for grace.hopper@example.test created');
    await expectFocus(page.getByLabel('Invitation link'));
    invitation = await page.getByLabel('Invitation link').inputValue();
    expect(invitation).toMatch(/\/invitations\/[\w-]{43}$/);
    await keys.use(button('Done'));
    await expectFocus(button('Invite member'));
    await signOut();
  });

  it('lets the invited user accept', async () => {
    await page.goto(invitation);
    await see(/Acme/);
    await keys.fill(page.getByLabel('Your name'), 'Grace Hopper');
    await keys.fill(page.getByLabel('Password', { exact: true }), 'a long enough password');
    await keys.press('Enter');
    await expectFocus(heading('Acme'));
    await signOut();
  });

  it('changes the role of the new member beside its impact', async () => {
    await signIn('owner@acme.test');
    await keys.press('Control+k');
    await expectFocus(dialog().getByRole('combobox'));
    await keys.write('grace hopper');
    await keys.choose(dialog().getByRole('option', { name: /^Grace Hopper/ }));
    await expectFocus(heading('Grace Hopper'));
    await keys.use(button('Edit roles'));
    await expectFocus(dialog().getByRole('checkbox').first());
    await keys.use(dialog().getByRole('checkbox', { name: /^Auditor/ }), { key: 'Space' });
    await keys.use(dialog().getByRole('checkbox', { name: /^Admin/ }), { key: 'Space' });
    await page.getByRole('region', { name: 'Impact' }).getByText('members:update').waitFor();
    expect(await violationsOn(page)).toEqual([]);
    await keys.use(button('Save roles'));
    await see('Roles of Grace Hopper updated');
    await expectFocus(button('Edit roles'));
  });

  it('explains why the member cannot do something', async () => {
    await keys.use(link(/^Check .* access$/), { isBefore: true });
    await expectFocus(heading(/access/i));
    await keys.fill(page.getByRole('combobox', { name: 'Permission' }), 'tenant:update');
    await page.getByRole('option').first().waitFor({ state: 'attached' });
    await keys.press('Enter');
    await page.getByRole('status').filter({ hasText: 'tenant:update' }).waitFor();
  });

  it('shows the audit event with before and after', async () => {
    await keys.use(link('Audit log'), { isBefore: true });
    await expectFocus(heading('Audit log'));
    const event = page.getByRole('row').filter({ hasText: 'Grace Hopper' }).filter({ hasText: 'Admin' }).first();
    await keys.use(event.getByRole('link').last());
    await see('What changed');
    await expectFocus(heading(/./));
    const change = page.getByRole('row').filter({ hasText: 'Roles' });
    await expect.poll(() => change.first().textContent()).toMatch(/Auditor[\s\S]*Admin/);
  });

  it('switches to French and to the dark theme', async () => {
    await keys.use(userMenu(), { isBefore: true });
    await keys.choose(page.getByRole('menuitemradio', { name: 'Français' }));
    await page.getByRole('link', { name: 'Membres' }).waitFor();
    await keys.press('Enter');
    await keys.choose(page.getByRole('menuitemradio', { name: 'Sombre' }));
    await expect.poll(() => page.evaluate(() => document.documentElement.dataset.theme)).toBe('dark');
    await keys.press('Enter');
    await chooseItem(page, 'English');
    await link(/^Members$/).waitFor();
  });
});

it('prints nothing to the console and sends no request to another host', () => {
  expect(messages).toEqual([]);
});

it('hides other tenants', async () => {
  await signInByCookie(page, 'owner@acme.test');
  await page.goto(`${demoUrl}/t/globex/members`);
  await see('Not found');
  expect(await page.locator('body').textContent()).not.toMatch(/globex\.test/i);
});
