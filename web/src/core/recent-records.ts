import { readStored, store } from './browser-storage.ts';

/** A record that the user opened: its path, name and kind of page. */
export type RecentRecord = { to: string; label: string; page: string; tenant: { id: string; name: string } };

const LIMIT = 12;
const keyOf = (userId: string) => `rolecall.recent-records.${userId}`;

/** The records that the user last opened in this browser, newest first. */
export function recentRecords(userId: string): RecentRecord[] {
  const value = readStored(keyOf(userId));
  return Array.isArray(value) ? value : [];
}

export function rememberRecord(userId: string, record: RecentRecord) {
  const others = recentRecords(userId).filter(({ to }) => to !== record.to);
  store(keyOf(userId), [record, ...others].slice(0, LIMIT));
}
