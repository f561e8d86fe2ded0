import { currentLocale } from '../../i18n/i18n.ts';
import { intl } from '../../i18n/intl.ts';

const STEPS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
  ['millisecond', 1],
] as const;

/** Formats a duration in its largest unit: "340 ms", "2.4 sec". */
export function duration(ms: number): string {
  const [unit, size] = STEPS.find(([, size]) => ms >= size) ?? ['millisecond', 1];
  const amount = ms / size;
  const maximumFractionDigits = unit !== 'millisecond' && amount < 10 ? 1 : 0;
  return intl('NumberFormat', currentLocale(), {
    style: 'unit',
    unit,
    unitDisplay: 'short',
    maximumFractionDigits,
  }).format(amount);
}
