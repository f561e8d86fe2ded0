import { readStored, store } from '../../core/browser-storage.ts';

const keyOf = (userId: string) => `rolecall.recent.${userId}`;

/** The tenants the user last opened in this browser, newest first. */
export function recentSlugs(userId: string): string[] {
  const value = readStored(keyOf(userId));
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}

export function rememberTenant(userId: string, slug: string) {
  store(keyOf(userId), [slug, ...recentSlugs(userId).filter((each) => each !== slug)].slice(0, 5));
}
