import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { launchBrowser, openContext } from './browser.ts';
import { clicksOf } from './walk/clicks.ts';
import { listen } from './walk/listen.ts';
import { localSessions } from './walk/sessions.ts';

const demoUrl = inject('demoUrl');
const signIn = localSessions(demoUrl);

let browser: Browser;
let page: Page;
let messages: string[];

beforeAll(async () => {
  browser = await launchBrowser();
  page = await (await openContext(browser)).newPage();
  messages = listen(page, demoUrl);
});
afterAll(() => browser?.close());

const see = (text: string | RegExp) => page.getByText(text).first().waitFor();
const button = (name: string | RegExp) => page.getByRole('button', { name });
const link = (name: string | RegExp) => page.getByRole('link', { name });
const dialog = () => page.getByRole('dialog');
const heading = (name: string | RegExp) => page.getByRole('heading', { level: 1, name });

describe('clicks of a persona', () => {
  const clicksAs = async (email: string, path: string) => {
    await signIn(page, email);
    await page.goto(`${demoUrl}${path}`);
    await heading(/./).waitFor();
    return clicksOf(page);
  };

  it('are two at most to learn who changed a role and until when', async () => {
    const admin = await clicksAs('owner@acme.test', '/t/acme/home');
    const ending = page.getByRole('region', { name: 'Access expiring soon' });
    await admin.click(ending.getByRole('link', { name: /Quiñones/ }));
    const roles = page.getByRole('region', { name: 'Roles', exact: true });
    await roles
      .getByText(/ends|until/)
      .first()
      .waitFor();
    await roles
      .getByText(/assigned by/)
      .first()
      .waitFor();
    expect(admin.count).toBeLessThanOrEqual(2);
  });

  it('are two at most from her page to why she cannot', async () => {
    const admin = await clicksAs('owner@acme.test', '/t/acme/members?q=nadia');
    await link(/Nadia Haddad/)
      .first()
      .click();
    await heading('Nadia Haddad').waitFor();
    await admin.click(link(/^Check .* access$/));
    await admin.click(page.getByRole('combobox', { name: 'Permission' }));
    await admin.type('roles:create');
    await page.getByRole('option').first().waitFor({ state: 'attached' });
    await admin.press('Enter');
    await page.getByRole('status').filter({ hasText: 'roles:create' }).waitFor();
    await see('Who can do this');
    expect(admin.count).toBeLessThanOrEqual(2);
  });

  it('are six at most to suspend a member and reactivate', async () => {
    const admin = await clicksAs('owner@acme.test', '/t/acme/home');
    await admin.click(link(/^Members$/));
    await page.getByPlaceholder('Name or e-mail').waitFor();
    await admin.press('/');
    await admin.type('nadia haddad');
    await page.waitForURL(/q=nadia/);
    await admin.click(link(/Nadia Haddad/));
    await admin.click(button('Suspend'));
    await admin.click(dialog().getByRole('button', { name: /^Suspend/ }));
    await see('Nadia Haddad suspended');
    await admin.click(button('Reactivate'));
    await admin.click(dialog().getByRole('button', { name: /^Reactivate/ }));
    await see('Nadia Haddad reactivated');
    expect(admin.count).toBeLessThanOrEqual(6);
  });

  it('are five at most to change a role and see the event', async () => {
    const admin = await clicksAs('owner@acme.test', '/t/acme/home');
    await admin.press('Control+k');
    await dialog().getByRole('combobox').waitFor();
    await admin.type('nadia haddad');
    await admin.click(dialog().getByRole('option', { name: /^Nadia Haddad/ }));
    await admin.click(button('Edit roles'));
    await admin.click(dialog().getByRole('checkbox', { name: /^Auditor/ }));
    await admin.click(button('Save roles'));
    const events = page.getByRole('region', { name: 'History' });
    await admin.click(events.getByRole('listitem').first().getByRole('link').last());
    await see('What changed');
    expect(admin.count).toBeLessThanOrEqual(5);
  });

  it('are four at most to create a tenant with its first owner', async () => {
    const staff = await clicksAs('owner@rolecall.test', '/platform/home');
    await staff.click(link('Tenants'));
    await staff.click(button('Create tenant'));
    await page.locator('[role="dialog"] input:focus').waitFor();
    await staff.type('Initech');
    await staff.press('Tab');
    await staff.press('Tab');
    await staff.type('owner@initech.test');
    await staff.click(dialog().getByRole('button', { name: 'Create tenant' }));
    await page.getByLabel('Invitation link').waitFor();
    await staff.click(button('Done'));
    await heading('Initech').waitFor();
    expect(staff.count).toBeLessThanOrEqual(4);
  });
});

it('prints nothing to the console and sends no request to another host', () => {
  expect(messages).toEqual([]);
});
