/** A record that the user opened: its path, name and kind of page. */
export type RecentRecord = { to: string; label: string; page: string; tenant: { id: string; name: string } };

const LIMIT = 12;
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
    // Without storage there are no recent records.
  }
}
