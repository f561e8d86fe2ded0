import { dayOf, endOfDay } from '../../core/days.ts';

const DAY = 86_400_000;
export const tomorrow = (now = Date.now()) => dayOf(new Date(now + DAY));

/** The validity of an assignment. `from` null: now; `until` null: no expiry. */
export type Period = { from: string | null; until: string | null };

/** Returns an end extended by the original length, at least a day, at the end of that day. */
export function extended({ from, until }: { from: string; until: string }, now = Date.now()): string {
  const length = Math.max(DAY, Date.parse(until) - Date.parse(from));
  return endOfDay(dayOf(new Date(Math.max(now, Date.parse(until)) + length))) ?? until;
}

export const isLater = (date: string | null | undefined, now = Date.now()) => date != null && Date.parse(date) > now;

/** Whether a period ends before it starts. */
export const endsBeforeStart = ({ from, until }: Period) =>
  until !== null && Date.parse(until) <= (from === null ? Date.now() : Date.parse(from));
