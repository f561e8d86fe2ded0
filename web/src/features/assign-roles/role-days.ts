import { addDays, dayOf, endOfDay, lengthInDays } from '../../core/days.ts';

export const tomorrow = (now = Date.now()) => dayOf(addDays(new Date(now), 1));

/** The validity of an assignment. `from` null: now; `until` null: no expiry. */
export type Period = { from: string | null; until: string | null };

/** Returns an end extended by the original number of days, at least one, at the end of that day. */
export function extended({ from, until }: { from: string; until: string }, now = Date.now()): string {
  const end = new Date(Math.max(now, Date.parse(until)));
  return endOfDay(dayOf(addDays(end, Math.max(1, lengthInDays(from, until))))) ?? until;
}

export const isLater = (date: string | null | undefined, now = Date.now()) => date != null && Date.parse(date) > now;

/** Whether a period ends before it starts. */
export const endsBeforeStart = ({ from, until }: Period) =>
  until !== null && Date.parse(until) <= (from === null ? Date.now() : Date.parse(from));
