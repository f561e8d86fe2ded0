import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, openContext } from './browser.ts';
import type { Product } from './product.ts';
import { assignHostileNames, type Call } from './walk/hostile-data.ts';
import { harmOf } from './walk/hostile-names.ts';
import { ADA, startJwtProduct, tokenOf } from './walk/jwt-product.ts';
import { chooseItem } from './walk/menu.ts';

const hostApp = createServer((request, response) => {
  const back = new URL(request.url ?? '/', 'http://app').searchParams.get('redirect_to') ?? '';
  response.writeHead(200, { 'content-type': 'text/html' });
  response.end(`<h1>The app</h1><a href="${back.replaceAll('&', '&amp;')}#access_token=${tokenOf(ADA)}">Continue</a>`);
});
let server: Product;
let browser: Browser;
let page: Page;
const pageErrors: string[] = [];

beforeAll(async () => {
  await new Promise<void>((resolve) => hostApp.listen(0, '127.0.0.1', resolve));
  const appUrl = `http://127.0.0.1:${(hostApp.address() as AddressInfo).port}/login`;
  [server, browser] = await Promise.all([startJwtProduct(appUrl, { DEFAULT_TENANT: 'school' }), launchBrowser()]);
  page = await (await openContext(browser)).newPage();
  page.on('pageerror', (error) => pageErrors.push(error.message));
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
  hostApp.close();
});

const heading = (name: string | RegExp) => page.getByRole('heading', { name }).first().waitFor();
const see = (text: string | RegExp) => page.getByText(text).first().waitFor();
const storedToken = () => page.evaluate(() => sessionStorage.getItem('rolecall.token'));
async function throughTheApp() {
  await page.getByRole('button', { name: /^Sign in at 127/ }).click();
  await page.getByRole('link', { name: 'Continue' }).click();
}

describe('sign-in with a token of the host app', () => {
  it('redirects to the app and back to the requested page without a token in the URL', async () => {
    await page.goto(`${server.url}/platform/users`);
    await throughTheApp();
    await heading('Users');
    await see('ada@app.test');
    expect(page.url()).toBe(`${server.url}/platform/users`);
    await page.goBack();
    expect(page.url()).not.toContain('access_token');
  });

  it('hides what a token cannot do', async () => {
    await page.goto(`${server.url}/platform/sync`);
    await heading('Not found');
    expect(await page.getByRole('link', { name: 'Identity sync' }).count()).toBe(0);
    await page.getByRole('button', { name: /Language, theme, sign out/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).waitFor();
    expect(await page.getByText('Account and security').count()).toBe(0);
    await chooseItem(page, 'Sign out');
    await page.waitForURL(/\/sign-in$/);
    expect(await storedToken()).toBe(null);
    expect(await page.getByRole('button', { name: /create account/i }).count()).toBe(0);
  });

  it('rejects a token of another key and one that this tab did not request', async () => {
    await page.getByText('Use a token').click();
    await page.getByLabel('Access token').fill(tokenOf(ADA, { secret: 'another issuer’s secret, just as long' }));
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('alert').waitFor();
    expect(await storedToken()).toBe(null);

    await page.goto(`${server.url}/sign-in?state=${randomUUID()}#access_token=${tokenOf(ADA)}`);
    await page.getByRole('button', { name: /^Sign in at 127/ }).waitFor();
    expect([await storedToken(), page.url()]).toEqual([null, `${server.url}/sign-in`]);
  });

  it('asks to sign in over the page when the token expires, and loses nothing typed there', async () => {
    await page.goto(`${server.url}/platform/tenants`);
    await throughTheApp();
    await page.getByRole('button', { name: 'Create tenant' }).click();
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Night School');
    // The server allows clocks to differ by five seconds.
    const expired = tokenOf(ADA, { lasts: -6 });
    await page.evaluate((token) => sessionStorage.setItem('rolecall.token', token), expired);
    await page.getByRole('dialog').getByRole('button', { name: 'Create tenant' }).click();
    const dialog = page.getByRole('dialog', { name: 'Sign in to continue' });
    const [other] = await Promise.all([
      page.waitForEvent('popup'),
      dialog.getByRole('button', { name: /^Sign in at 127/ }).click(),
    ]);
    await Promise.all([other.waitForEvent('close'), other.getByRole('link', { name: 'Continue' }).click()]);
    await dialog.waitFor({ state: 'detached' });
    await heading('Night School');
    expect(await storedToken()).not.toBe(null);
  });
});

describe('fifty hostile names in every field', () => {
  let paths: string[];
  const call: Call = async (claims, method, path, body) => {
    const headers = { authorization: `Bearer ${tokenOf(claims)}`, 'content-type': 'application/json' };
    const response = await fetch(server.url + path, {
      method,
      headers,
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };

  it('are stored or refused', async () => {
    const named = await assignHostileNames(call, ADA);
    paths = named.paths;
    expect(named.failures).toEqual([]);
  });

  it('run nowhere, turn no neighbour and break no page', async () => {
    const context = await openContext(browser);
    const token = tokenOf(ADA);
    await context.addInitScript(
      ([origin, token]) => location.origin === origin && sessionStorage.setItem('rolecall.token', token),
      [server.url, token] as const,
    );
    expect(await harmOf(context, server.url, paths)).toEqual([]);
    await context.close();
  });
});

it('logs no error in the page', () => expect(pageErrors).toEqual([]));
