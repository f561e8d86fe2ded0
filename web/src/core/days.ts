const two = (value: number) => String(value).padStart(2, '0');

/** Returns the local day in the format of date inputs: "2026-11-21". */
export const dayOf = (date: Date) => `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
export const startOfDay = (day: string) => (day === '' ? null : new Date(`${day}T00:00:00`).toISOString());
export const endOfDay = (day: string) => (day === '' ? null : new Date(`${day}T23:59:59`).toISOString());
