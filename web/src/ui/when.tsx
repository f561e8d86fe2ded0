import { useSyncExternalStore } from 'react';
import { exactTime, relativeTime } from '../i18n/format.ts';
import { useI18n } from '../i18n/i18n.ts';

const MINUTE = 60_000;
let now = Date.now();

function everyMinute(listener: () => void) {
  const timer = setInterval(() => {
    now = Date.now();
    listener();
  }, MINUTE);
  return () => clearInterval(timer);
}

/** A moment as "3 days ago"; the exact time and zone on hover. */
export function When({ at }: { at: string }) {
  useI18n();
  const seen = useSyncExternalStore(everyMinute, () => now);
  return (
    <time className="when" dateTime={at} title={exactTime(at)}>
      {relativeTime(at, Math.max(seen, 0))}
    </time>
  );
}
