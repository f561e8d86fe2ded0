import { daysBetween } from '../core/days.ts';
import { shortDate } from './format.ts';
import { currentLocale, t } from './i18n.ts';
import { intl } from './intl.ts';

const STEPS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

const DAY = 86_400;
const WEEK = 7;

/**
 * "3 days ago", and after a week the date; "in 9 hours", "in 10 days (7 Dec)". What is to come is never rounded up, as it would end
 * before it seems to. In a sentence a date is "on 7 Dec".
 */
export function relativeTime(iso: string, { now = Date.now(), inSentence = false } = {}): string {
  const seconds = (Date.parse(iso) - now) / 1000;
  const format = intl('RelativeTimeFormat', currentLocale(), { numeric: 'auto' });
  if (Math.abs(seconds) >= DAY) {
    // "Tomorrow" is a day of the calendar, which 30 hours may not reach.
    const days = daysBetween(now, iso);
    if (Math.abs(days) < WEEK) return format.format(days, 'day');
    const date = shortDate(iso, now);
    if (days < 0) return inSentence ? t('time.on', { date }) : date;
    return t('time.in_days', { days: format.format(days, 'day'), date: date.replaceAll(' ', '\u00a0') });
  }
  const step = STEPS.find(([, size]) => Math.abs(seconds) >= size);
  if (step) return format.format(Math.trunc(seconds / step[1]), step[0]);
  return seconds > 0 ? format.format(Math.ceil(seconds), 'second') : t('time.just_now');
}

/** Returns the time since, as a duration: "3 days". */
export function durationSince(iso: string, now = Date.now()): string {
  const seconds = Math.max(60, Math.abs(Date.parse(iso) - now) / 1000);
  const [unit, size] = STEPS.find(([, size]) => seconds >= size) ?? ['minute', 60];
  const style = { style: 'unit', unit, unitDisplay: 'long' } as const;
  return intl('NumberFormat', currentLocale(), style).format(Math.round(seconds / size));
}
