/** `pnpm screenshots [parts of page names]`: every page, light and dark, wide and narrow, English and French, into screenshots/. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from './browser.ts';
import { type Product, type Session, signIn, startProduct } from './product.ts';

const FOLDER = join(import.meta.dirname, '../../screenshots');
const WIDTHS = { wide: { width: 1280, height: 860 }, narrow: { width: 390, height: 844 } };

interface Shot {
  name: string;
  path: string;
  as: string | null;
}

const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();

async function shots({ url }: Product): Promise<Shot[]> {
  const acme = await signIn(url, 'owner@acme.test');
  const platform = await signIn(url, 'owner@rolecall.test');
  const { memberships } = await acme.call<{ memberships: { tenantId: string; slug: string }[] }>('/api/me');
  const tenant = `/api/admin/tenants/${memberships.find(({ slug }) => slug === 'acme')?.tenantId}`;
  const first = async (session: Session, path: string) => {
    const { data } = await session.call<{ data: { id: string; token?: string }[] }>(path);
    return data[0]?.id ?? '';
  };
  const member = await first(acme, `${tenant}/members?q=lindt`);
  const { user } = await acme.call<{ user: { id: string } }>(`${tenant}/members/${member}`);
  const encodedUserId = encodeURIComponent(user.id);
  const roleId = await first(acme, `${tenant}/roles?key=member`);
  const invitation = await acme.call<{ id: string; token: string }>(`${tenant}/invitations`, {
    email: 'grace.newcomer@example.test',
    roleIds: [roleId],
  });
  await acme.call(`${tenant}/api-keys`, { name: 'Course player, production', expiresInDays: 90 });
  const event = await first(acme, `${tenant}/audit-logs?action=member.roles_changed`);
  const customRole = await first(acme, `${tenant}/roles?q=course editor`);
  const userId = await first(platform, '/api/admin/users?q=nadia');
  const customer = await first(platform, '/api/admin/tenants?slug=globex');

  const owner = 'owner@acme.test';
  const staff = 'owner@rolecall.test';
  return [
    { name: 'sign-in', path: '/sign-in', as: null },
    { name: 'sign-up', path: '/sign-up', as: null },
    { name: 'invitation', path: `/invitations/${invitation.token}`, as: null },
    { name: 'invitation-closed', path: `/invitations/${'x'.repeat(43)}`, as: null },
    { name: 'tenant-home', path: '/t/acme/home', as: owner },
    { name: 'members', path: '/t/acme/members', as: owner },
    { name: 'members-nothing-found', path: '/t/acme/members?q=no+such+member', as: owner },
    { name: 'member', path: `/t/acme/members/${member}`, as: owner },
    { name: 'invitations', path: '/t/acme/invitations', as: owner },
    { name: 'invitation-detail', path: `/t/acme/invitations/${invitation.id}`, as: owner },
    { name: 'roles', path: '/t/acme/roles', as: owner },
    { name: 'role', path: `/t/acme/roles/${customRole}`, as: owner },
    { name: 'role-matrix', path: '/t/acme/roles/matrix', as: owner },
    { name: 'api-keys', path: '/t/acme/api-keys', as: owner },
    { name: 'explain-allowed', path: `/t/acme/explain?userId=${encodedUserId}&permission=members%3Ainvite`, as: owner },
    { name: 'explain-denied', path: `/t/acme/explain?userId=${encodedUserId}&permission=tenant%3Aupdate`, as: owner },
    { name: 'explain-own', path: '/t/acme/explain?permission=members%3Ainvite', as: 'member@acme.test' },
    { name: 'explain-who', path: '/t/acme/explain?view=who&permission=members%3Ainvite', as: owner },
    { name: 'history-user', path: `/t/acme/access-history?userId=${encodedUserId}&at=${daysAgo(10)}`, as: owner },
    {
      name: 'history-compare',
      path: `/t/acme/access-history?view=compare&from=${daysAgo(8)}&to=${daysAgo(1)}`,
      as: owner,
    },
    { name: 'history-event', path: `/t/acme/access-history?event=${event}&userId=${encodedUserId}`, as: owner },
    { name: 'audit', path: '/t/acme/audit', as: owner },
    { name: 'audit-event', path: `/t/acme/audit/${event}`, as: owner },
    { name: 'no-permission', path: '/t/acme/audit', as: 'member@acme.test' },
    { name: 'not-found', path: '/t/globex/members', as: owner },
    { name: 'platform-home', path: '/platform/home', as: staff },
    { name: 'support-home', path: '/platform/home', as: 'support@rolecall.test' },
    { name: 'tenants', path: '/platform/tenants', as: staff },
    { name: 'tenant', path: `/platform/tenants/${customer}`, as: staff },
    { name: 'users', path: '/platform/users', as: staff },
    { name: 'user', path: `/platform/users/${userId}`, as: staff },
    { name: 'permissions', path: '/platform/permissions', as: staff },
    { name: 'permission', path: '/platform/permissions/courses%3Acreate', as: staff },
    { name: 'platform-api-keys', path: '/platform/api-keys', as: staff },
    { name: 'platform-role-matrix', path: '/platform/roles/matrix', as: staff },
    { name: 'staff', path: '/platform/staff', as: staff },
    { name: 'platform-audit', path: '/platform/audit', as: staff },
  ];
}

/** Waits until the page has content and no skeletons for a while; the event stream never ends, so "network idle" never comes. */
async function waitUntilLoaded(page: Page): Promise<void> {
  for (let stable = 0; stable < 4; ) {
    await page.waitForTimeout(150);
    const isLoading = await page.locator('[class*="skeleton"]').count();
    const content = await page.locator('h1, h2, form').count();
    stable = isLoading === 0 && content > 0 ? stable + 1 : 0;
  }
}

async function take(
  browser: Browser,
  { url }: Product,
  selected: Shot[],
  sessions: Map<string, Session>,
): Promise<void> {
  for (const locale of ['en', 'fr'] as const) {
    for (const colorScheme of ['light', 'dark'] as const) {
      for (const [size, viewport] of Object.entries(WIDTHS)) {
        for (const shot of selected) {
          const context = await browser.newContext({ viewport, colorScheme, locale, reducedMotion: 'reduce' });
          const session = shot.as ? sessions.get(shot.as) : undefined;
          if (session) await context.addCookies([session.cookie]);
          const page = await context.newPage();
          await page.goto(`${url}${shot.path}`);
          await waitUntilLoaded(page);
          await page.screenshot({ path: join(FOLDER, `${shot.name}.${locale}.${colorScheme}.${size}.png`) });
          await context.close();
        }
      }
    }
    process.stdout.write(`${locale}: ${selected.length * 4} screenshots\n`);
  }
}

const parts = process.argv.slice(2);
const product = await startProduct();
const browser = await launchBrowser();
try {
  await mkdir(FOLDER, { recursive: true });
  const all = await shots(product);
  const selected = parts.length > 0 ? all.filter(({ name }) => parts.some((part) => name.includes(part))) : all;
  const sessions = new Map<string, Session>();
  for (const { as } of selected) if (as && !sessions.has(as)) sessions.set(as, await signIn(product.url, as));
  await take(browser, product, selected, sessions);
} finally {
  await browser.close();
  await product.stop();
}
