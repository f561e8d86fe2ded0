import type { Random } from '../core/random.ts';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
export const HISTORY_WEEKS = 5;

/** Hours of the day, each as often as it is busy. */
const BUSY_HOURS = [8, 9, 9, 9, 10, 10, 10, 10, 11, 11, 11, 12, 13, 14, 14, 14, 15, 15, 15, 16, 16, 17, 18];
const WEEKEND_WORK = 0.03;

/** The working days of the demo, numbered from the first; day 24 is always in the past. */
export interface Calendar {
  readonly now: Date;
  /** Returns a time on a working day. */
  on(day: number, time: `${number}:${number}`): Date;
  /** Returns a random time in working hours, never in the future. */
  between(firstDay: number, lastDay: number): Date;
  /** Returns the time this long before the end of the last working hours. */
  recent(duration: number): Date;
  /** Returns 17:00 UTC, so many days from today. */
  evening(days: number): Date;
}

export function makeCalendar(now: Date, random: Random): Calendar {
  const midnight = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate());
  const days = Array.from(
    { length: HISTORY_WEEKS * 7 + 1 },
    (_, index) => midnight - (HISTORY_WEEKS * 7 - index) * DAY,
  );
  const workdays = days.filter((day) => !isWeekend(day));
  const startOf = (day: number) => workdays[Math.min(day, workdays.length - 1)] ?? midnight;
  const latest = now.getTime() - 5 * MINUTE;

  const isWorking = !isWeekend(midnight) && now.getUTCHours() >= 11;
  const lastWork = isWorking ? Math.min(now.getTime(), midnight + 18 * HOUR) : startOf(24) + 18 * HOUR;

  const some = (firstDay: number, lastDay: number) => {
    const day = startOf(random.integer(firstDay, lastDay)) + (random.chance(WEEKEND_WORK) ? 2 * DAY : 0);
    return day + random.pick(BUSY_HOURS) * HOUR + random.integer(0, HOUR - 1);
  };
  return {
    now,
    on: (day, time) => {
      const [hours = 0, minutes = 0] = time.split(':').map(Number);
      return new Date(startOf(day) + hours * HOUR + minutes * MINUTE + random.integer(0, MINUTE - 1));
    },
    between: (firstDay, lastDay) => {
      for (let attempt = 0; attempt < 20; attempt++) {
        const time = some(firstDay, lastDay);
        if (time < latest) return new Date(time);
      }
      return new Date(startOf(Math.min(lastDay, 24)) + 15 * HOUR + random.integer(0, HOUR));
    },
    recent: (duration) => new Date(lastWork - duration),
    evening: (days) => new Date(midnight + days * DAY + 17 * HOUR),
  };
}

const isWeekend = (day: number) => [0, 6].includes(new Date(day).getUTCDay());
