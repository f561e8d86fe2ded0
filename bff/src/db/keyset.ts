import { createHmac } from 'node:crypto';
import { Prisma } from '@rolecall/prisma/client';
import { AppError } from '../core/errors.ts';
import type { Page } from '../core/schema.ts';
import type { SigningKeys } from '../core/secrets.ts';
import { fold } from '../core/text/fold.ts';
import { areEqual } from '../core/values/equal.ts';

/** A column that sorts a list: its SQL, and the type that its text in a cursor is cast to. */
interface SortColumn {
  sql: Prisma.Sql;
  type: 'text' | 'timestamptz' | 'uuid' | 'int';
}

export interface KeysetList {
  /** Select list without the ordering keys. */
  select: Prisma.Sql;
  /** FROM with joins. */
  from: Prisma.Sql;
  where: readonly Prisma.Sql[];
  /** Unique column that breaks ties. */
  id: SortColumn;
  sorts: Record<string, SortColumn>;
  defaultSort: string;
}

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
}

const COUNT_CAP = 10_000;
const CASTS = {
  text: Prisma.raw('text'),
  timestamptz: Prisma.raw('timestamptz'),
  uuid: Prisma.raw('uuid'),
  int: Prisma.raw('int'),
};

/** What a page is read by: its statements, and what their rows become. */
interface KeysetPage<Row> {
  statements: readonly Prisma.Sql[];
  /** `answers`: the rows of each statement. */
  pageOf(answers: readonly (readonly unknown[])[]): { data: Row[]; page: Page };
}

type Keyed<Row> = Row & { sort_key: string; sort_id: string };

/** Returns what reads one page and the number of rows, exact up to 10,000. Throws invalid_cursor. */
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
  const rowsOfPage = Prisma.sql`
    SELECT ${list.select}, (${column.sql})::text AS sort_key, (${list.id.sql})::text AS sort_id
    FROM ${list.from} WHERE ${conditions} ${after}
    ORDER BY ${column.sql} ${direction}, ${list.id.sql} ${direction} LIMIT ${query.limit + 1}`;
  const count = Prisma.sql`
    SELECT count(*) AS total FROM (SELECT 1 FROM ${list.from} WHERE ${conditions} LIMIT ${COUNT_CAP + 1}) capped`;

  return {
    statements: [rowsOfPage, count],
    pageOf([found = [], counted = []]) {
      const hasMore = found.length > query.limit;
      const rows = (found as Keyed<Row>[]).slice(0, query.limit);
      if (position?.backwards) rows.reverse();
      const cursorAt = (row: Keyed<Row> | undefined, backwards: boolean) =>
        row ? sign.seal({ backwards, key: row.sort_key, id: row.sort_id }) : null;
      // The rows after the cursor were removed: the last page that has rows ends with the row of the cursor.
      const endOf = (at: Position | null) =>
        at && !at.backwards ? sign.seal({ ...at, backwards: true, isInclusive: true }) : null;
      const hasNext = position?.backwards ? !position.isInclusive : hasMore;
      const hasPrevious = position?.backwards ? hasMore : position !== null;
      const total = Number((counted as { total: bigint }[])[0]?.total ?? 0);
      return {
        data: rows,
        page: {
          nextCursor: hasNext ? cursorAt(rows.at(-1), false) : null,
          prevCursor: hasPrevious ? (cursorAt(rows[0], true) ?? endOf(position)) : null,
          total: Math.min(total, COUNT_CAP),
          totalIsExact: total <= COUNT_CAP,
        },
      };
    },
  };
}

function cursorSigner(keys: SigningKeys, binding: string) {
  const signatureOf = (body: string, key: string) => createHmac('sha256', key).update(`${binding}\n${body}`).digest();
  return {
    seal: (position: Position) => {
      const body = Buffer.from(
        JSON.stringify([position.backwards ? (position.isInclusive ? 2 : 1) : 0, position.key, position.id]),
      ).toString('base64url');
      return `${body}.${signatureOf(body, keys[0]).toString('base64url')}`;
    },
    open: (cursor: string): Position => {
      const [body = '', signature = ''] = cursor.split('.');
      const actual = Buffer.from(signature, 'base64url');
      if (!keys.some((key) => areEqual(signatureOf(body, key), actual))) throw new AppError('invalid_cursor');
      const [backwards, sortKey, id] = JSON.parse(Buffer.from(body, 'base64url').toString()) as [
        number,
        string,
        string,
      ];
      return { backwards: backwards > 0, isInclusive: backwards === 2, key: sortKey, id };
    },
  };
}

/** `%text%` for LIKE on folded text, with the pattern characters of `text` escaped. What folds to nothing finds nothing. */
export const containing = (text: string) => `%${(fold(text) || text).replaceAll(/[\\%_]/g, '\\$&')}%`;
