const DAY = 86_400_000;
const two = (value: number) => String(value).padStart(2, '0');

/** Returns the local day in the format of date inputs: "2026-11-21". */
export const dayOf = (date: Date) => `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
export const startOfDay = (day: string) => (day === '' ? null : new Date(`${day}T00:00:00`).toISOString());
export const endOfDay = (day: string) => (day === '' ? null : new Date(`${day}T23:59:59`).toISOString());
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
