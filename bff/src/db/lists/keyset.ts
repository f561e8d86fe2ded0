import { createHmac } from 'node:crypto';
import { Prisma } from '@rolecall/prisma/client';
import { AppError } from '../../core/errors.ts';
import type { Page } from '../../core/schema.ts';
import type { SigningKeys } from '../../core/secrets.ts';
import { areEqual } from '../../core/values/equal.ts';
import type { KeysetList } from './list.ts';
import { searched } from './search.ts';

export interface KeysetQuery {
  limit: number;
  cursor?: string | undefined;
  sort?: string | undefined;
}

interface KeysetRequest {
  query: KeysetQuery;
  /** What cursors are bound to: operation, tenant, filters. */
  binding: string;
  keys: SigningKeys;
}

interface Position {
  backwards: boolean;
  /** The rows up to this one, for the page at the end of the list. */
  isInclusive?: boolean;
  key: string;
  id: string;
  /** The rows before it, as far as pages were read one after the other. */
  offset: number;
  /** The rows of the list, as counted with its first page; null where they were not. */
  count: number | null;
}

const COUNT_CAP = 1_000;
const CASTS = {
  text: Prisma.raw('text'),
  timestamptz: Prisma.raw('timestamptz'),
  uuid: Prisma.raw('uuid'),
  int: Prisma.raw('int'),
};
/** A number that is part of the statement, so that PostgreSQL plans for it. */
const literal = (count: number) => Prisma.raw(String(count));

/** What a page is read by: its statements, and what their rows become. */
interface KeysetPage<Row> {
  statements: readonly Prisma.Sql[];
  /** `answers`: the rows of each statement. */
  pageOf(answers: readonly (readonly unknown[])[]): { data: Row[]; page: Page };
}

/**
 * Returns the rows of the page with what is joined to them. PostgreSQL expects few rows of a tenant, which the statement and the policies
 * both name, and would join all of them before it sorts.
 */
function joinedTo(
  { from, joins = Prisma.empty, search }: KeysetList,
  join: Prisma.Sql,
  { where, end }: Record<'where' | 'end', Prisma.Sql>,
): Prisma.Sql {
  if (joins === Prisma.empty || search) return Prisma.sql`${from} ${joins} ${join} ${where}`;
  // `audit_log event` is read as `event`.
  const alias = Prisma.raw(from.sql.split(' ').at(-1) ?? '');
  return Prisma.sql`(SELECT * FROM ${from} ${where} ${end}) ${alias} ${joins}`;
}

type Keyed<Row> = Row & { sort_key: string; sort_id: string };

/** Returns what reads one page, and with the first one what counts the list. Throws invalid_cursor. */
export function keysetPage<Row extends object>(
  list: KeysetList,
  { query, binding, keys }: KeysetRequest,
): KeysetPage<Row> {
  const sort = query.sort ?? list.defaultSort;
  const isDescending = sort.startsWith('-');
  const column = list.sorts[isDescending ? sort.slice(1) : sort];
  if (!column) throw new AppError('malformed_request', { detail: `sort: ${sort}` });
  const sign = cursorSigner(keys, `${binding}\n${sort}`);
  const position = query.cursor === undefined ? null : sign.open(query.cursor);

  const isDown = isDescending !== (position?.backwards ?? false);
  const direction = Prisma.raw(isDown ? 'DESC' : 'ASC');
  const conditions = list.where.length > 0 ? Prisma.join([...list.where], ' AND ') : Prisma.sql`true`;
  const after = position
    ? Prisma.sql`AND (${column.sql}, ${list.id.sql}) ${Prisma.raw(`${isDown ? '<' : '>'}${position.isInclusive ? '=' : ''}`)} (${position.key}::${CASTS[column.type]}, ${position.id}::${CASTS[list.id.type]})`
    : Prisma.empty;
  const limit = literal(query.limit + 1);
  const found = list.search
    ? searched(list.search, { list, column, conditions, after, isDown, position, limit: query.limit + 1 })
    : { with: Prisma.empty, join: Prisma.empty };
  const named = [list.with, found.with].filter((sql) => sql !== undefined && sql !== Prisma.empty) as Prisma.Sql[];
  const inOrder = Prisma.sql`ORDER BY ${column.sql} ${direction}, ${list.id.sql} ${direction}`;
  const rowsOfPage = Prisma.sql`
    ${named.length > 0 ? Prisma.sql`WITH ${Prisma.join(named)}` : Prisma.empty}
    SELECT ${list.select}, (${column.sql})::text AS sort_key, (${list.id.sql})::text AS sort_id
    FROM ${joinedTo(list, found.join, { where: Prisma.sql`WHERE ${conditions} ${after}`, end: Prisma.sql`${inOrder} LIMIT ${limit}` })}
    ${inOrder} LIMIT ${limit}`;
  const isCounted = list.counted && !list.search && !position;
  const count = Prisma.sql`${list.with ? Prisma.sql`WITH ${list.with}` : Prisma.empty}
    SELECT count(*)::int AS count FROM (
      SELECT 1 FROM ${list.counted ?? Prisma.empty} WHERE ${conditions} LIMIT ${literal(COUNT_CAP + 1)}) capped`;

  return {
    statements: isCounted ? [rowsOfPage, count] : [rowsOfPage],
    pageOf([found = [], counted = []]) {
      const hasMore = found.length > query.limit;
      const rows = (found as Keyed<Row>[]).slice(0, query.limit);
      if (position?.backwards) rows.reverse();
      const counts = (counted as { count: number }[])[0]?.count ?? position?.count ?? null;
      const before = position?.offset ?? 0;
      const start = position?.backwards ? (hasMore ? Math.max(0, before - rows.length) : 0) : before;
      const end = start + rows.length;
      const hasNext = position?.backwards ? !position.isInclusive : hasMore;
      const hasPrevious = position?.backwards ? hasMore : position !== null;
      const total = totalOf(counts, end, hasNext);
      const count = total.totalIsExact ? total.total : counts;
      const cursorAt = (row: Keyed<Row> | undefined, backwards: boolean) =>
        row
          ? sign.seal({ backwards, key: row.sort_key, id: row.sort_id, offset: backwards ? start : end, count })
          : null;
      // The rows after the cursor were removed: the last page that has rows ends with the row of the cursor.
      const endOf = (at: Position | null) =>
        at && !at.backwards ? sign.seal({ ...at, backwards: true, isInclusive: true }) : null;
      return {
        data: rows,
        page: {
          nextCursor: hasNext ? cursorAt(rows.at(-1), false) : null,
          prevCursor: hasPrevious ? (cursorAt(rows[0], true) ?? endOf(position)) : null,
          ...total,
        },
      };
    },
  };
}

/** Of a list that was not counted, or not to its end, the rows that were seen, and one more where the list goes on. */
function totalOf(count: number | null, end: number, hasNext: boolean): Pick<Page, 'total' | 'totalIsExact'> {
  if (count !== null && count <= COUNT_CAP) return { total: count, totalIsExact: true };
  return { total: Math.max(count === null ? 0 : COUNT_CAP, hasNext ? end + 1 : end), totalIsExact: !hasNext };
}

function cursorSigner(keys: SigningKeys, binding: string) {
  const signatureOf = (body: string, key: string) => createHmac('sha256', key).update(`${binding}\n${body}`).digest();
  return {
    seal: (position: Position) => {
      const body = Buffer.from(
        JSON.stringify([
          position.backwards ? (position.isInclusive ? 2 : 1) : 0,
          ...[position.key, position.id, position.offset, position.count],
        ]),
      ).toString('base64url');
      return `${body}.${signatureOf(body, keys[0]).toString('base64url')}`;
    },
    open: (cursor: string): Position => {
      const [body = '', signature = ''] = cursor.split('.');
      const actual = Buffer.from(signature, 'base64url');
      if (!keys.some((key) => areEqual(signatureOf(body, key), actual))) throw new AppError('invalid_cursor');
      const [backwards, sortKey, id, offset, count] = JSON.parse(Buffer.from(body, 'base64url').toString()) as [
        ...[number, string, string, number, number | null],
      ];
      return { backwards: backwards > 0, isInclusive: backwards === 2, key: sortKey, id, offset, count };
    },
  };
}
