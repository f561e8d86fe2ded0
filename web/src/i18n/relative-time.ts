import { daysBetween } from '../core/days.ts';
import { currentLocale, t } from './i18n.ts';

const STEPS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

/** "3 days ago", "in 2 weeks", "now". */
export function relativeTime(iso: string, now = Date.now()): string {
  const seconds = (Date.parse(iso) - now) / 1000;
  const format = new Intl.RelativeTimeFormat(currentLocale(), { numeric: 'auto' });
  const step = STEPS.find(([, size]) => Math.abs(seconds) >= size);
  // "Tomorrow" is a day of the calendar, which 30 hours may not reach.
  if (step?.[0] === 'day') return format.format(daysBetween(now, iso), 'day');
  if (step) return format.format(Math.round(seconds / step[1]), step[0]);
  return seconds > 0 ? format.format(Math.ceil(seconds), 'second') : t('time.just_now');
}

/** Returns the time since, as a duration: "3 days". */
export function durationSince(iso: string, now = Date.now()): string {
  const seconds = Math.max(60, Math.abs(Date.parse(iso) - now) / 1000);
  const [unit, size] = STEPS.find(([, size]) => seconds >= size) ?? ['minute', 60];
  const style = { style: 'unit', unit, unitDisplay: 'long' } as const;
  return new Intl.NumberFormat(currentLocale(), style).format(Math.round(seconds / size));
}
