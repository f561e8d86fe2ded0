/** A row as it leaves the server: instants as RFC 3339 text instead of Date. */
export const serializeDates = <T extends object>(row: T): T =>
  Object.fromEntries(
    Object.entries(row).map(([column, value]) => [column, value instanceof Date ? value.toISOString() : value]),
  ) as T;
