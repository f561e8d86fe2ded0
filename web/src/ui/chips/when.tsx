import { useContext, useSyncExternalStore } from 'react';
import { exactTime } from '../../i18n/format.ts';
import { InSentence } from '../../i18n/i18n.ts';
import { durationSince, relativeTime } from '../../i18n/relative-time.ts';

const MINUTE = 60_000;
let tick = 0;

function everyMinute(listener: () => void) {
  const timer = setInterval(() => {
    tick += 1;
    listener();
  }, MINUTE);
  return () => clearInterval(timer);
}

/** The current time; re-renders each minute. Read at render, so that recent events are never in the future. */
function useNow() {
  useSyncExternalStore(everyMinute, () => tick);
  return Date.now();
}

/** A relative time, "3 days ago"; the exact time on hover. */
export function When({ at }: { at: string }) {
  const now = useNow();
  const inSentence = useContext(InSentence);
  return (
    <time className="when" dateTime={at} title={exactTime(at)}>
      {relativeTime(at, { now, inSentence })}
    </time>
  );
}

/** A duration, "3 days", as in "no owner for 3 days"; the exact start on hover. */
export function Since({ at }: { at: string }) {
  const seen = useNow();
  return (
    <time dateTime={at} title={exactTime(at)}>
      {durationSince(at, seen)}
    </time>
  );
}
