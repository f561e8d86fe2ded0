import { daysBetween } from '../../core/days.ts';
import { exactTime } from '../../i18n/format.ts';
import type { MessageKey } from '../../i18n/i18n.ts';
import { rich } from '../../i18n/rich.ts';
import { When } from './when.tsx';

const DAY = 86_400_000;

/** "ends in 3 days": amber in the last week, red on the last day and after it. */
export function Ending({ at, label = 'role.ends' }: { at: string; label?: MessageKey }) {
  const left = Date.parse(at) - Date.now();
  const tone = left < DAY ? 'text-bad' : daysBetween(Date.now(), at) < 7 ? 'text-warn' : 'muted';
  return (
    <span className={tone} title={exactTime(at)}>
      {rich(left < 0 ? 'role.ended' : label, { when: <When at={at} /> })}
    </span>
  );
}
