import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { ensureLogins } from '../logins/ensure.ts';
import { loadMigrations, NO_FILTERS } from '../migrate/files.ts';
import { migrate } from '../migrate/migrate.ts';
import { type SchemaEngine, withSchemaEngine } from '../migrate/schema-engine.ts';
import { withClient } from '../with-client.ts';
import type { Table } from './format.ts';
import { BackupReader, type Manifest, tableName, verifyBackup } from './reader.ts';

const BOUNDS = /^FOR VALUES FROM \('[-0-9: +]+'\) TO \('[-0-9: +]+'\)$/;

/** Verifies the file, and that this version of Rolecall can restore it. */
export type { Manifest };

export async function openBackup(file: string): Promise<Manifest> {
  const manifest = await verifyBackup(file);
  const ours = (await loadMigrations()).migrationDirectories.map(({ path, migrationFile }) => ({
    name: path,
    checksum: createHash('sha256').update(migrationFile.content.value).digest('hex'),
  }));
  for (const [index, { name, checksum }] of manifest.migrations.entries()) {
    if (ours[index]?.name === name && ours[index].checksum === checksum) continue;
    throw new Error(
      `${file} was written by another version of Rolecall: migration ${name} differs or is missing here. Restore it with that version.`,
    );
  }
  return manifest;
}

/**
 * Restores a backup into an empty database, as its owner: first the tables as they were at the backup, then the rows in one
 * transaction, then later migrations, functions and triggers. The triggers are last, so that none of them acts on the rows.
 */
export async function restoreBackup(
  ownerUrl: string,
  file: string,
  manifest: Manifest,
  loginPrefix?: string,
): Promise<void> {
  await withClient(ownerUrl, requireEmpty);
  await ensureLogins(ownerUrl, loginPrefix);
  await applyFirstMigrations(ownerUrl, manifest.migrations.length, loginPrefix);
  await withClient(ownerUrl, (client) => load(client, new BackupReader(file), manifest));
  await migrate(ownerUrl, { loginPrefix });
  await withClient(ownerUrl, async (client) => {
    for (const { name } of manifest.partitions) await client.query('SELECT guard_audit_partition($1)', [name]);
    await client.query('ANALYZE');
  });
}

async function requireEmpty(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT oid::regclass::text AS name FROM pg_class
     WHERE relnamespace::regnamespace::text IN ('public', 'auth', 'queue') AND relkind IN ('r', 'p') LIMIT 1`,
  );
  if (rows[0])
    throw new Error(
      `The database ${client.database} is not empty: it has the table ${rows[0].name}. Nothing was changed.`,
    );
}

async function applyFirstMigrations(ownerUrl: string, count: number, loginPrefix?: string): Promise<void> {
  const all = await loadMigrations();
  const migrationsList = { ...all, migrationDirectories: all.migrationDirectories.slice(0, count) };
  const apply = (engine: SchemaEngine) => engine.applyMigrations({ migrationsList, filters: NO_FILTERS });
  await withSchemaEngine(ownerUrl, apply, loginPrefix);
}

async function load(client: pg.Client, reader: BackupReader, { partitions, tables, trailer }: Manifest): Promise<void> {
  await client.query('BEGIN');
  await client.query("SET LOCAL statement_timeout = 0; SET LOCAL TimeZone = 'UTC'; SET LOCAL client_encoding = 'UTF8'");
  for (const { name, bounds } of partitions) {
    if (!BOUNDS.test(bounds)) throw new Error(`Unknown bounds of the partition ${name}: ${bounds}`);
    await client.query(`CREATE TABLE public.${pg.escapeIdentifier(name)} PARTITION OF public.audit_log ${bounds}`);
  }
  // Row security binds the owner only where it is forced, and COPY FROM works only where it does not bind.
  const forced = await forcedTables(client);
  for (const name of forced) await client.query(`ALTER TABLE ${name} NO FORCE ROW LEVEL SECURITY`);
  // Replaced by those of the backup, which tell when each migration was applied.
  await client.query('DELETE FROM public._prisma_migrations');
  await reader.line();
  for (const [index, table] of tables.entries()) {
    await copyInto(client, table, reader);
    const count = await countRows(client, table);
    const expected = trailer.tables[index]?.rows;
    if (count !== expected) throw new Error(`${tableName(table)} has ${count} rows instead of ${expected}`);
  }
  for (const name of forced) await client.query(`ALTER TABLE ${name} FORCE ROW LEVEL SECURITY`);
  await client.query('COMMIT');
}

async function forcedTables(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT oid::regclass::text AS name FROM pg_class
     WHERE relnamespace::regnamespace::text IN ('public', 'auth') AND relforcerowsecurity AND NOT relispartition`,
  );
  return rows.map(({ name }) => name);
}

async function copyInto(client: pg.Client, table: Table, reader: BackupReader): Promise<void> {
  const columns = table.columns.map(pg.escapeIdentifier).join(', ');
  const target = client.query(copyFrom(`COPY ${quoted(table)} (${columns}) FROM STDIN`));
  await pipeline(Readable.from(reader.rows()), target).catch((cause) => {
    throw new Error(`Restoring ${tableName(table)} failed: ${cause.message}`, { cause });
  });
}

async function countRows(client: pg.Client, table: Table): Promise<number> {
  const { rows } = await client.query<{ count: string }>(`SELECT count(*) FROM ${quoted(table)}`);
  return Number(rows[0]?.count);
}

const quoted = ({ schema, name }: Table) => `${pg.escapeIdentifier(schema)}.${pg.escapeIdentifier(name)}`;
