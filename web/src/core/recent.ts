import { readStored, store } from './browser-storage.ts';

/** A record that the user opened: its path, name and kind of page. */
export type RecentRecord = { to: string; label: string; page: string; tenant: { id: string; name: string } };

const recordsKey = (userId: string) => `rolecall.recent-records.${userId}`;
const tenantsKey = (userId: string) => `rolecall.recent.${userId}`;

function listAt<T>(key: string): T[] {
  const value = readStored(key);
  return Array.isArray(value) ? value : [];
}

/** The records that the user last opened in this browser, newest first. */
export const recentRecords = (userId: string) => listAt<RecentRecord>(recordsKey(userId));

export function rememberRecord(userId: string, record: RecentRecord) {
  const others = recentRecords(userId).filter(({ to }) => to !== record.to);
  store(recordsKey(userId), [record, ...others].slice(0, 12));
}

/** Forgets them, as they name people. */
export const forgetRecords = (userId: string) => store(recordsKey(userId), []);

/** The tenants, by slug. */
export const recentSlugs = (userId: string) => listAt<string>(tenantsKey(userId));

export function rememberTenant(userId: string, slug: string) {
  store(tenantsKey(userId), [slug, ...recentSlugs(userId).filter((each) => each !== slug)].slice(0, 5));
}
