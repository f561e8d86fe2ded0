import { useSyncExternalStore } from 'react';
import { durationSince, exactTime, relativeTime } from '../../i18n/format.ts';
import { useI18n } from '../../i18n/i18n.ts';

const MINUTE = 60_000;
let tick = 0;

function everyMinute(listener: () => void) {
  const timer = setInterval(() => {
    tick += 1;
    listener();
  }, MINUTE);
  return () => clearInterval(timer);
}

/** The clock of this render; the tick only asks for a new one, so that what just happened is never in the future. */
function useNow() {
  useSyncExternalStore(everyMinute, () => tick);
  return Date.now();
}

/** A moment as "3 days ago"; the exact time and zone on hover. */
export function When({ at }: { at: string }) {
  useI18n();
  const seen = useNow();
  return (
    <time className="when" dateTime={at} title={exactTime(at)}>
      {relativeTime(at, seen)}
    </time>
  );
}

/** A state's age as "3 days", for sentences such as "no owner for 3 days"; the exact beginning on hover. */
export function Since({ at }: { at: string }) {
  useI18n();
  const seen = useNow();
  return (
    <time dateTime={at} title={exactTime(at)}>
      {durationSince(at, seen)}
    </time>
  );
}
