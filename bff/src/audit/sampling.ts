/** Up to this many events per key and minute are all recorded, above that every hundredth. */
const FULL_RATE = 100;
const SAMPLE = 100;
const MAX_KEYS = 10_000;
const counts = new Map<string, { minute: number; events: number }>();

/** Whether an event that any caller can cause is recorded, so that none of them floods the log. */
export function isSampled(key: string): boolean {
  const minute = Math.floor(Date.now() / 60_000);
  const known = counts.get(key);
  const count = known?.minute === minute ? known : { minute, events: 0 };
  count.events += 1;
  counts.set(key, count);
  if (counts.size > MAX_KEYS) for (const [other, { minute: then }] of counts) if (then !== minute) counts.delete(other);
  return count.events <= FULL_RATE || count.events % SAMPLE === 0;
}
