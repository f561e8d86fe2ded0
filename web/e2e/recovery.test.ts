import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page, Route } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type ServerProcess, startServerProcess } from '../../bff/src/testing/fixtures/server-process.ts';
import { launchBrowser, openContext } from './browser.ts';
import { DEMO_PASSWORD, signIn } from './product.ts';

const ADA = 'owner@acme.test';
let server: ServerProcess;
let settings: Record<string, string>;
let browser: Browser;
let context: BrowserContext;
let page: Page;

beforeAll(async () => {
  settings = {
    DATA_DIR: await mkdtemp(join(tmpdir(), 'rolecall-recovery-')),
    DEMO_PASSWORD,
    LOG_LEVEL: 'error',
    PORT: String(await freePort()),
  };
  [server, browser] = await Promise.all([startServerProcess(settings), launchBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await server?.kill('SIGTERM');
  await rm(settings.DATA_DIR ?? '', { recursive: true, force: true });
});
beforeEach(async () => {
  context = await openContext(browser);
  await context.addCookies([(await signIn(server.url, ADA)).cookie]);
  page = await context.newPage();
});
afterEach(() => context.close());

/** A port that stays the same when the server restarts. */
function freePort(): Promise<number> {
  const probe = createServer();
  return new Promise((resolve) =>
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    }),
  );
}
const see = (text: string | RegExp) => page.getByText(text).first().waitFor();
const press = (name: string) => page.getByRole('button', { name, exact: true }).first().click();
async function openMembers() {
  await page.goto(`${server.url}/t/acme/members`);
  await link(/Ada Park/).waitFor();
}
/** Marks the document, to tell whether it was reloaded. */
const mark = () => page.evaluate(() => document.body.setAttribute('data-marked', ''));
const isMarked = () => page.evaluate(() => document.body.hasAttribute('data-marked'));
const CODE = '**/assets/*.{js,css}';
const NOT_LOADED = 'This part could not be loaded';
const UNREACHABLE = 'The server can’t be reached';
/** Fails requests for code, each file `times` times. */
async function failCode(times: number) {
  const failures = new Map<string, number>();
  await context.route(CODE, (route) => {
    const count = failures.get(route.request().url()) ?? 0;
    failures.set(route.request().url(), count + 1);
    return count < times ? route.abort() : route.continue();
  });
}
/** Until the document is loaded again. */
async function untilReload(pattern: string, answer: (route: Route) => Promise<void>) {
  let isReloaded = false;
  page.on('request', (request) => {
    if (request.isNavigationRequest()) isReloaded = true;
  });
  await context.route(pattern, (route) => (isReloaded ? route.continue() : answer(route)));
}
const serveCode = () => context.unroute(CODE);

const link = (name: string | RegExp) => page.getByRole('link', { name, exact: true }).first();
const heading = (name: string) => page.getByRole('heading', { name, exact: true }).waitFor();
const vanishes = (text: string) => page.getByText(text).first().waitFor({ state: 'detached' });

describe('recovery', () => {
  it('retries code that fails to load, reloads once, then offers a retry', async () => {
    await openMembers();
    await mark();
    await failCode(1);
    await link('Audit log').click();
    await heading('Audit log');
    expect(await isMarked()).toBe(true);
    await serveCode();
    await untilReload(CODE, (route) => route.abort());
    await link('Roles').click();
    await heading('Roles');
    expect(await isMarked()).toBe(false);
    await mark();
    await serveCode();
    await failCode(1000);
    await link('Explain access').click();
    await see(NOT_LOADED);
    await serveCode();
    await press('Try again');
    await heading('Explain access');
    await link('Members').click();
    await link(/Ada Park/).waitFor();
    await failCode(1000);
    await press('Invite member');
    await see(NOT_LOADED);
    await link(/Ada Park/).waitFor();
    await serveCode();
    await press('Try again');
    await page.getByRole('dialog', { name: /Invite/ }).waitFor();
    expect(await page.getByText(NOT_LOADED).count()).toBe(0);
    expect(await isMarked()).toBe(true);
  });

  it('keeps the page while the server restarts, then offers the new build', async () => {
    await openMembers();
    await mark();
    await press('Invite member');
    const field = page.getByRole('dialog').getByRole('textbox').first();
    await field.fill('new@acme.test');
    await server.kill('SIGKILL');
    await see(UNREACHABLE);
    // As after a deploy: the page names another script, and the files of this build are missing.
    await untilReload(`${server.url}/`, (route) =>
      route.fulfill({ body: '<script type="module" src="/assets/index-next.js"></script>', contentType: 'text/html' }),
    );
    await untilReload(CODE, (route) => route.fulfill({ status: 404 }));
    server = await startServerProcess(settings);
    await vanishes(UNREACHABLE);
    await see('A new version is available');
    expect(await field.inputValue()).toBe('new@acme.test');
    expect(await isMarked()).toBe(true);
    await page.keyboard.press('Escape');
    await press('Discard changes');
    await link('Audit log').click();
    await heading('Audit log');
    expect(await isMarked()).toBe(false);
  });

  it('tells once what is offline or fails, and retries all of it', async () => {
    await openMembers();
    await context.setOffline(true);
    // Asks for rows alone: the code of the page is here.
    await page.getByRole('searchbox').fill('Ada');
    await see(UNREACHABLE);
    await see('The server did not answer');
    await link('Roles').click();
    await context.setOffline(false);
    await press('Try again');
    await vanishes(UNREACHABLE);
    await link(/Owner/).waitFor();
    expect(await page.getByText(NOT_LOADED).count()).toBe(0);
    await context.route('**/api/admin/tenants/*/*', (route) =>
      route.fulfill({ status: 500, headers: { 'x-request-id': 'req-7' }, json: { code: 'internal_error' } }),
    );
    await link('Home').click();
    await see('Not loaded.');
    expect(await page.getByText('Request req-7').count()).toBe(1);
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.getByText('Request req-7').click();
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe('req-7');
    await context.unrouteAll();
    // Slow, but not unreachable.
    await context.route('**/api/admin/**', async (route) => {
      await new Promise((resume) => setTimeout(resume, 3_000));
      await route.continue();
    });
    await press('Try again');
    await page.locator('.skeleton').first().waitFor();
    expect(await page.getByText(UNREACHABLE).count()).toBe(0);
    await vanishes('Not loaded.');
    await vanishes('Request req-7');
  });

  it('asks to sign in over the page, then sends what was typed, for the same user only', async () => {
    const typeRole = async () => {
      await press('Create role');
      await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Night shift');
    };
    const saveAs = async (email: string) => {
      // The session ends with the request, so that no other request of the page notices it first.
      const endSession = async (route: Route) => {
        await page.evaluate(() =>
          fetch('/api/auth/sign-out', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' }),
        );
        await route.continue();
      };
      await page.route(/\/roles(\?|$)/, endSession, { times: 1 });
      await page.getByRole('dialog').getByRole('button', { name: 'Create role' }).click();
      const dialog = page.getByRole('dialog', { name: 'Sign in to continue' });
      await dialog.getByLabel('E-mail').fill(email);
      await dialog.getByLabel('Password', { exact: true }).fill(DEMO_PASSWORD);
      await dialog.getByRole('button', { name: 'Sign in', exact: true }).click();
      await dialog.waitFor({ state: 'detached' });
    };
    await page.goto(`${server.url}/t/acme/roles`);
    await mark();
    await typeRole();
    await saveAs(ADA);
    await link(/Night shift/).waitFor();
    expect(await isMarked()).toBe(true);
    await link('Roles').click();
    await typeRole();
    await saveAs('owner@rolecall.test');
    await expect.poll(isMarked).toBe(false);
  });
});
