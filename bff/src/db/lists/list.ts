import type { Prisma } from '@rolecall/prisma/client';

/** A column that sorts a list: its SQL, and the type that its text in a cursor is cast to. */
export interface SortColumn {
  sql: Prisma.Sql;
  type: 'text' | 'timestamptz' | 'uuid' | 'int';
}

export interface KeysetList {
  /** Named queries, each evaluated once, that the rest may read. */
  with?: Prisma.Sql;
  /** Select list without the ordering keys. */
  select: Prisma.Sql;
  /** FROM with joins; with `joins` the listed table alone. */
  from: Prisma.Sql;
  /** What the select list needs besides, of each row once: then the rows of the page only are joined. */
  joins?: Prisma.Sql;
  where: readonly Prisma.Sql[];
  /** Unique column that breaks ties. */
  id: SortColumn;
  sorts: Record<string, SortColumn>;
  defaultSort: string;
  /** The listed table alone, where an index of it holds all of `where`: then the rows are counted, up to 1,000. */
  counted?: Prisma.Sql | undefined;
  /** Where `from` is the listed table alone. */
  search?: Search | undefined;
}

/** How a big table is searched: its next rows one after the other, and where too few of these match, by an index. */
export interface Search {
  /** What `matching` looks at, of each row. */
  columns: Prisma.Sql;
  /** SELECT of sort_key and sort_id from `near`, which has these and the columns. */
  matching: Prisma.Sql;
  /** The same as a condition on the table that an index can answer. */
  far(page: FarPage): Prisma.Sql;
}

/** Which rows of the list are wanted. */
export interface FarPage {
  isDown: boolean;
  position: { key: string; id: string; isInclusive?: boolean } | null;
  limit: number;
}
