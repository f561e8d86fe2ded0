import { createWriteStream, existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { withClient } from '../with-client.ts';
import {
  type Digest,
  digest,
  END_OF_ROWS,
  FORMAT,
  type Header,
  type Job,
  sha256,
  type Trailer,
  VERSION,
} from './format.ts';
import { listTables, type SourceTable } from './tables.ts';

const name = ({ schema, name }: SourceTable) => `${pg.escapeIdentifier(schema)}.${pg.escapeIdentifier(name)}`;

/**
 * Writes all data to a new file, from one snapshot while the server runs. `url` must be of a login that row security does not
 * bind. Returns the number of rows.
 */
export async function writeBackup(url: string, file: string): Promise<number> {
  if (existsSync(file)) throw new Error(`${file} exists already`);
  const draft = `${file}.draft-${process.pid}`;
  return withClient(url, async (client) => {
    await requireAllRows(client);
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    const rows = { total: 0 };
    try {
      const output = createWriteStream(draft, { flags: 'wx', mode: 0o600, flush: true });
      await pipeline(Readable.from(content(client, rows)), createGzip(), output);
      await rename(draft, file);
    } catch (error) {
      await rm(draft, { force: true });
      throw error;
    }
    return rows.total;
  });
}

async function requireAllRows(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ readsAll: boolean }>(
    `SELECT rolsuper OR (rolbypassrls AND pg_has_role('pg_read_all_data', 'USAGE')) AS "readsAll"
     FROM pg_roles WHERE rolname = current_user`,
  );
  if (rows[0]?.readsAll) return;
  throw new Error(
    `${client.user} cannot read every row, because row-level security binds it. As a superuser, run\n` +
      "  CREATE ROLE rolecall_backup LOGIN BYPASSRLS PASSWORD '…'; GRANT pg_read_all_data TO rolecall_backup;\n" +
      'and set DATABASE_URL to that login for this command only. pg_dump with it works as well.',
  );
}

async function* content(client: pg.Client, rows: { total: number }): AsyncGenerator<Buffer | string> {
  const tables = await listTables(client);
  if (tables.length === 0) throw new Error(`The database ${client.database} has no tables of Rolecall`);
  // Locked before the snapshot is taken: a migration in between could rewrite a table, which then looks empty to the snapshot.
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
  await client.query('SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0');
  await client.query("SET LOCAL row_security = off; SET LOCAL TimeZone = 'UTC'; SET LOCAL client_encoding = 'UTF8'");
  await client.query(`LOCK TABLE ${tables.map(name).join(', ')} IN ACCESS SHARE MODE`);
  const header = `${JSON.stringify(await describe(client, tables))}\n`;
  yield header;
  const base = await firstFreeTransactionId(client);
  const digests: Digest[] = [];
  for (const table of tables) {
    const found = yield* digest(client.query(copyTo(copyStatement(table, base))));
    yield END_OF_ROWS;
    digests.push(found);
    rows.total += found.rows;
  }
  await client.query('COMMIT');
  yield `${JSON.stringify({ header: sha256(header), tables: digests } satisfies Trailer)}\n`;
}

async function describe(client: pg.Client, tables: SourceTable[]): Promise<Header> {
  const { rows: migrations } = await client.query<Header['migrations'][number]>(
    `SELECT migration_name AS name, checksum FROM public._prisma_migrations
     WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL ORDER BY migration_name`,
  );
  const { rows: partitions } = await client.query<Header['partitions'][number]>(
    `SELECT relname AS name, pg_get_expr(relpartbound, oid) AS bounds FROM pg_class
     WHERE oid IN (SELECT inhrelid FROM pg_inherits WHERE inhparent = 'public.audit_log'::regclass)
       AND pg_get_expr(relpartbound, oid) <> 'DEFAULT' ORDER BY relname`,
  );
  return {
    format: FORMAT,
    version: VERSION,
    createdAt: new Date().toISOString(),
    migrations,
    partitions,
    jobs: await unfinishedJobs(client),
    tables: tables.map(({ schema, name, columns }) => ({ schema, name, columns })),
  };
}

/** The queue's tables are of the installed pg-boss, whose version may change; what its jobs are to do is all that counts. */
async function unfinishedJobs(client: pg.Client): Promise<Job[]> {
  const { rows } = await client.query<{ job: Job }>(
    `SELECT jsonb_build_object('name', name, 'data', coalesce(data, '{}'), 'startAfter', start_after) AS job
     FROM queue.job WHERE state IN ('created', 'retry', 'active') ORDER BY created_on`,
  );
  return rows.map(({ job }) => job);
}

async function firstFreeTransactionId(client: pg.Client): Promise<string> {
  const { rows } = await client.query<{ xid: string }>('SELECT pg_snapshot_xmax(pg_current_snapshot())::text AS xid');
  return rows[0]?.xid ?? '0';
}

/**
 * A new cluster counts its transactions from the start. Numbers below zero still show which rows belong to one transaction, and
 * never meet those of later ones, which the database asks for their audit row.
 */
function copyStatement(table: SourceTable, base: string): string {
  const columns = table.columns.map((column) => {
    const quoted = pg.escapeIdentifier(column);
    return table.transactionIds.includes(column) ? `${quoted} - ${base} AS ${quoted}` : quoted;
  });
  return `COPY (SELECT ${columns.join(', ')} FROM ${name(table)}) TO STDOUT`;
}
