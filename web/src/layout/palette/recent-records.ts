import type { IconName } from '../../ui/icon.tsx';

export type RecentRecord = { to: string; label: string; icon: IconName; tenant: { id: string; name: string } };

const LIMIT = 6;
const keyOf = (userId: string) => `rolecall.recent-records.${userId}`;

/** The records that the user last opened in this browser, newest first. */
export function recentRecords(userId: string): RecentRecord[] {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(keyOf(userId)) ?? '[]');
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}

export function rememberRecord(userId: string, record: RecentRecord) {
  const others = recentRecords(userId).filter(({ to }) => to !== record.to);
  try {
    localStorage.setItem(keyOf(userId), JSON.stringify([record, ...others].slice(0, LIMIT)));
  } catch {
    // Without storage the palette has no recent records.
  }
}
