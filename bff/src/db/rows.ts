import { instantText } from '../core/values/instant.ts';

/** Returns a row with RFC 3339 text in place of each Date. */
export const serializeDates = <T extends object>(row: T): T =>
  Object.fromEntries(
    Object.entries(row).map(([column, value]) => [column, value instanceof Date ? instantText(value) : value]),
  ) as T;
