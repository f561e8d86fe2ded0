import type { Page } from 'playwright-core';
import { type Session, signIn } from '../product.ts';

/** Signs in by cookie; each user once. */
export function localSessions(url: string) {
  const sessions = new Map<string, Promise<Session>>();
  return async (page: Page, as: string | null) => {
    await page.context().clearCookies();
    if (as === null) return;
    if (!sessions.has(as)) sessions.set(as, signIn(url, as));
    const session = await sessions.get(as);
    if (session) await page.context().addCookies([session.cookie]);
  };
}
