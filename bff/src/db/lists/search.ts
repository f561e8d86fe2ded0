import { Prisma } from '@rolecall/prisma/client';
import { fold } from '../../core/text/fold.ts';
import { PLANNED_EACH_TIME } from '../connect/batch.ts';
import type { FarPage, KeysetList, Search, SortColumn } from './list.ts';

/** As many terms count. */
const MAX_TERMS = 8;
/** What an index of trigrams needs to know of a text. */
const LONG_ENOUGH = /[a-z0-9]{3}/;

/**
 * Returns the LIKE patterns, one a term, that a folded text which begins with a blank has to match, the most selective one first. Terms of
 * one or two letters are beginnings of terms: no index knows where else they are. Without a letter or digit there is no term.
 */
export function patternsOf(text: string): string[] {
  const terms = fold(text)
    .split(/\s+/)
    .filter((term) => /[a-z0-9]/.test(term));
  return [...new Set(terms)]
    .sort((one, other) => other.length - one.length)
    .slice(0, MAX_TERMS)
    .map((term) => `%${LONG_ENOUGH.test(term) ? '' : ' '}${term.replaceAll(/[\\%_]/g, '\\$&')}%`);
}

/** Whether a folded text, which begins with a blank, has all these terms. No terms are in no text. */
export const hasTerms = (text: Prisma.Sql, patterns: readonly string[]): Prisma.Sql =>
  patterns.length === 0
    ? Prisma.sql`false`
    : Prisma.sql`(${Prisma.join(
        patterns.map((pattern) => Prisma.sql`${text} LIKE ${pattern}`),
        ' AND ',
      )})`;

/** Whether a column of folded text has the terms of `q`. */
export const matches = (column: Prisma.Sql, q: string): Prisma.Sql =>
  hasTerms(Prisma.sql`(' ' || ${column})`, patternsOf(q));

interface SearchedPage extends FarPage {
  list: KeysetList;
  column: SortColumn;
  conditions: Prisma.Sql;
  after: Prisma.Sql;
}

/** Searches one column of the listed table. `far` is by default the same condition, which an index of trigrams answers. */
export function searchOf(column: Prisma.Sql, q: string, far = matches(column, q)): Search {
  const patterns = patternsOf(q);
  return {
    columns: Prisma.sql`' ' || ${column} AS text`,
    matching: Prisma.sql`SELECT sort_key, sort_id FROM near WHERE ${hasTerms(Prisma.sql`text`, patterns)}`,
    far: () => far,
  };
}

/** A text that is common is among these rows, and one that is rare is in few: what lies between costs most. */
const NEAR_ROWS = Prisma.raw('1000');

/** Returns the keys of the page's rows as a named query `page`, and what joins them to the list. */
export function searched(search: Search, { list, column, conditions, after, ...far }: SearchedPage) {
  const direction = Prisma.raw(far.isDown ? 'DESC' : 'ASC');
  const limit = Prisma.raw(String(far.limit));
  const keys = Prisma.sql`${column.sql} AS sort_key, ${list.id.sql} AS sort_id`;
  const firstOf = (rows: Prisma.Sql) => Prisma.sql`
    SELECT sort_key, sort_id FROM (${rows}) matching ORDER BY sort_key ${direction}, sort_id ${direction} LIMIT ${limit}`;
  return {
    with: Prisma.sql`near AS MATERIALIZED (${Prisma.raw(PLANNED_EACH_TIME)}
        SELECT ${keys}, ${search.columns} FROM ${list.from} WHERE ${conditions} ${after}
        ORDER BY ${column.sql} ${direction}, ${list.id.sql} ${direction} LIMIT ${NEAR_ROWS}),
      near_page AS MATERIALIZED (${firstOf(search.matching)}),
      far AS MATERIALIZED (SELECT ${keys} FROM ${list.from} WHERE ${conditions} ${after} AND ${search.far(far)}),
      page AS (
        SELECT * FROM near_page UNION
        SELECT * FROM (${firstOf(Prisma.sql`SELECT * FROM far`)}) far_page
        WHERE (SELECT count(*) FROM near_page) < ${limit} AND (SELECT count(*) FROM near) = ${NEAR_ROWS})`,
    join: Prisma.sql`JOIN page ON page.sort_key = ${column.sql} AND page.sort_id = ${list.id.sql}`,
  };
}
