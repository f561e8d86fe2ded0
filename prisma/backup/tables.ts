import type pg from 'pg';
import type { Table } from './format.ts';

interface Row {
  oid: number;
  schema: string;
  name: string;
  columns: { name: string; isTransactionId: boolean }[];
  references: number[];
}

/** A table to back up; `transactionIds` are its columns that hold numbers of transactions. */
export type SourceTable = Table & { transactionIds: string[] };

/** Returns all tables but the unlogged ones, each after those that its foreign keys refer to. A partition's rows belong to its parent. */
export async function listTables(client: pg.Client): Promise<SourceTable[]> {
  const { rows } = await client.query<Row>(
    `SELECT listed.oid::int, nspname AS schema, relname AS name,
       (SELECT jsonb_agg(jsonb_build_object('name', attname, 'isTransactionId',
            coalesce(pg_get_expr(adbin, adrelid) LIKE '%pg_current_xact_id%', false)) ORDER BY attnum)
        FROM pg_attribute LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
        WHERE attrelid = listed.oid AND attnum > 0 AND NOT attisdropped AND attgenerated = '') AS columns,
       ARRAY(SELECT confrelid::int FROM pg_constraint
             WHERE conrelid = listed.oid AND contype = 'f' AND confrelid <> listed.oid) AS references
     FROM pg_class listed JOIN pg_namespace ON pg_namespace.oid = relnamespace
     WHERE nspname IN ('public', 'auth') AND relkind IN ('r', 'p') AND NOT relispartition AND relpersistence = 'p'
     ORDER BY nspname, relname`,
  );
  return inLoadingOrder(rows).map(({ schema, name, columns }) => ({
    schema,
    name,
    columns: columns.map((column) => column.name),
    transactionIds: columns.filter((column) => column.isTransactionId).map((column) => column.name),
  }));
}

function inLoadingOrder(rows: Row[]): Row[] {
  const ordered: Row[] = [];
  const left = new Map(rows.map((row) => [row.oid, row]));
  while (left.size > 0) {
    const next = [...left.values()].find((row) => !row.references.some((oid) => left.has(oid)));
    if (!next)
      throw new Error(`These tables refer to each other: ${[...left.values()].map((row) => row.name).join(', ')}`);
    left.delete(next.oid);
    ordered.push(next);
  }
  return ordered;
}
