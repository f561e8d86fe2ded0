import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { DEMO_OWNER } from '../../../bff/src/clerk-stub/demo-data.ts';
import { startServerProcess } from '../../../bff/src/testing/fixtures/server-process.ts';
import { DEMO_PASSWORD, startProduct } from '../product.ts';
import { galleryViews, startGallery } from './gallery.ts';
import { ADA, startJwtProduct, tokenOf } from './jwt-product.ts';
import { localViews } from './local-views.ts';
import { type Mode, viewsOfPages } from './pages.ts';
import { localSessions } from './sessions.ts';
import type { View } from './walk.ts';

/** Something to walk through: a product of one mode, or the gallery. */
export interface Walkable {
  url: string;
  views: View[];
  signIn?: (page: Page, as: string | null) => Promise<void>;
  stop: () => Promise<void>;
}

/** What differs from local accounts: the door, and pages about the identity provider. */
function viewsOf(mode: Mode, as: string): View[] {
  const scope = { base: '/platform', as };
  const pages = viewsOfPages(mode, true, { tenant: scope, platform: scope });
  const own = [
    { name: 'sign-in', path: '/sign-in', as: null },
    { name: 'platform-home', path: '/platform/home', as },
    { name: 'platform-users', path: '/platform/users', as },
    { name: 'platform-users-detail', path: '/platform/users', firstOf: '/platform/users', as },
  ];
  return [...own, ...pages].map((view) => ({ ...view, name: `${mode}-${view.name}` }));
}

async function local(): Promise<Walkable> {
  const product = await startProduct();
  return { ...product, views: await localViews(product), signIn: localSessions(product.url) };
}

async function clerk(): Promise<Walkable> {
  const dataDir = await mkdtemp(join(tmpdir(), 'rolecall-clerk-'));
  const server = await startServerProcess({ DATA_DIR: dataDir, DEMO_PASSWORD, LOG_LEVEL: 'error' }, 'clerk-demo');
  return {
    url: server.url,
    views: viewsOf('clerk', DEMO_OWNER),
    signIn: async (page, as) => {
      if (as === null) return;
      await page.goto(`${server.url}/sign-in`);
      await page.locator('input[name="identifier"]').waitFor();
      // Clerk renders its form again once its router is ready and drops earlier input.
      await page.waitForTimeout(1_500);
      await page.locator('input[name="identifier"]').fill(as);
      await page.locator('.cl-formButtonPrimary').click();
      await page.waitForURL(/#\/factor-one/);
      await page.locator('input[name="password"]').fill(DEMO_PASSWORD);
      await page.locator('.cl-formButtonPrimary').click();
      await page.waitForURL(/\/(platform|t)\//);
      await page.evaluate(startRun);
    },
    stop: async () => {
      await server.kill('SIGTERM');
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** Starts a sync run, so that there is one to show; one that runs is left alone. */
async function startRun() {
  // biome-ignore lint/suspicious/noExplicitAny: Clerk is a global of the page
  const token = await (window as any).Clerk.session.getToken();
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  await fetch('/api/admin/sync-runs', { method: 'POST', headers, body: '{}' });
}

async function jwt(): Promise<Walkable> {
  const product = await startJwtProduct('http://127.0.0.1:9/login');
  return {
    ...product,
    views: viewsOf('jwt', ADA.sub),
    signIn: async (page, as) => {
      if (as === null) return;
      await page.goto(`${product.url}/sign-in`);
      await page.evaluate((token) => sessionStorage.setItem('rolecall.token', token), tokenOf(ADA, { lasts: 3_600 }));
    },
  };
}

const ofGallery = async (): Promise<Walkable> => ({ ...(await startGallery()), views: galleryViews });

export const MODES = { local, clerk, jwt, gallery: ofGallery };
