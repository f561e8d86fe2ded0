import { useContext, useSyncExternalStore } from 'react';
import { exactTime } from '../../i18n/format.ts';
import { durationSince, relativeTime } from '../../i18n/relative-time.ts';
import { InSentence } from '../../i18n/rich.ts';

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
  const inSentence = useContext(InSentence);
  return <Relative at={at} format={(now) => relativeTime(at, { now, inSentence })} />;
}

/** A duration, "3 days", as in "no owner for 3 days". */
export const Since = ({ at }: { at: string }) => <Relative at={at} format={(now) => durationSince(at, now)} />;

function Relative({ at, format }: { at: string; format: (now: number) => string }) {
  return (
    <time dateTime={at} title={exactTime(at)}>
      {format(useNow())}
    </time>
  );
}
