import type { Prisma, PrismaClient } from '@rolecall/prisma/client';
import { AppError } from '../core/errors.ts';
import { instantText } from '../core/values/instant.ts';

/** Returns the row of a statement that always has one. */
export function onlyRow<Row>([row]: readonly Row[]): Row {
  if (row === undefined) throw new Error('expected exactly one row');
  return row;
}

/** Returns a row with RFC 3339 text in place of each Date. */
export const serializeDates = <T extends object>(row: T): T =>
  Object.fromEntries(
    Object.entries(row).map(([column, value]) => [column, value instanceof Date ? instantText(value) : value]),
  ) as T;

/** Reads one record by one statement, whose columns are its fields. Throws not_found. */
export async function findOne<Row extends object>(
  client: Pick<PrismaClient, '$queryRaw'>,
  statement: Prisma.Sql,
): Promise<Row> {
  const [row] = await client.$queryRaw<Row[]>(statement);
  if (!row) throw new AppError('not_found');
  return serializeDates(row);
}
