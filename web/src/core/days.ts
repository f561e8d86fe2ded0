import dayjs from 'dayjs';

/** Returns the local day in the format of date inputs: "2026-11-21". */
export const dayOf = (date: Date) => dayjs(date).format('YYYY-MM-DD');

const dayAt = (day: string) => {
  const date = dayjs(new Date(`${day}T00:00:00`));
  return date.isValid() ? date : null;
};
/** Returns the first and the last instant of a local day, or null without a valid day. */
export const startOfDay = (day: string) => dayAt(day)?.toISOString() ?? null;
export const endOfDay = (day: string) => dayAt(day)?.endOf('day').toISOString() ?? null;

/** Adds calendar days: two days of a year do not have 24 hours. */
export const addDays = (date: Date, days: number) => dayjs(date).add(days, 'day').toDate();

/** Returns how many midnights lie between two instants; negative when the second is the earlier one. */
export const daysBetween = (from: string | number, to: string | number) =>
  dayjs(to).startOf('day').diff(dayjs(from).startOf('day'), 'day');

/** Returns the length of a period in days, of which the last may have begun only. */
export const lengthInDays = (from: string, to: string) => Math.ceil(dayjs(to).diff(dayjs(from), 'day', true));
