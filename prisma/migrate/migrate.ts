import { dirname, join } from 'node:path';
import pg from 'pg';
import { withClient } from '../with-client.ts';
import { applySql } from './apply-sql.ts';
import { loadMigrations, MIGRATIONS_FOLDER, migrationNames, NO_FILTERS } from './files.ts';
import { type SchemaEngine, withSchemaEngine } from './schema-engine.ts';
import { compareSql } from './sql-files.ts';

interface Options {
  onProgress?: (line: string) => void;
  folder?: string;
  /** Applies the folder `sql` even over that of a later version. */
  force?: boolean;
  /** Of the names of the logins, where not the ordinary one. */
  loginPrefix?: string | undefined;
}
type Recorded = { name: string; finished: boolean; failed: boolean };

const SQL = 'sql';
const SUPERSEDED =
  'The database has the functions, views and triggers of a later version; db:migrate --force applies those of this one';
const ONE_AT_A_TIME = 718_271_002;

/**
 * Applies the missing migrations, then the folder `sql` beside them unless the database has it, or a later one, as the owner.
 * Returns the names of what was applied; several processes may try concurrently.
 */
export async function migrate(
  ownerUrl: string,
  { onProgress, folder = MIGRATIONS_FOLDER, force = false, loginPrefix }: Options = {},
): Promise<string[]> {
  return withClient(ownerUrl, async (client) => {
    await client.query('SELECT pg_advisory_lock($1)', [ONE_AT_A_TIME]);
    const { recorded, migrations, sql } = await compare(client, folder);
    const mustApply = sql.state === 'pending' || (force && sql.state === 'superseded');
    const pending = [...migrations, ...(mustApply ? [SQL] : [])];
    if (pending.length > 0) onProgress?.(`Updating the database: ${pending.join(', ')}`);
    else if (sql.state === 'superseded') onProgress?.(SUPERSEDED);
    if (migrations.length > 0) {
      const apply = async (engine: SchemaEngine) => {
        await forgetFailures(engine, recorded);
        await engine.applyMigrations({ migrationsList: await loadMigrations(folder), filters: NO_FILTERS });
      };
      await withSchemaEngine(ownerUrl, apply, loginPrefix);
    }
    if (mustApply) await applySql(client, sql, loginPrefix);
    return pending;
  });
}

/** Names of the migrations this code needs and the database lacks; `sql` stands for the functions, views and triggers. */
export async function pendingMigrations(url: string, folder = MIGRATIONS_FOLDER): Promise<string[]> {
  const { migrations, sql } = await withClient(url, (client) => compare(client, folder));
  return [...migrations, ...(sql.state === 'pending' ? [SQL] : [])];
}

/** A database that has all migrations of this version and others besides belongs to a later version. */
async function compare(client: pg.Client, folder: string) {
  const names = await migrationNames(folder);
  const recorded = await recordedMigrations(client);
  const migrations = missingFrom(recorded, names);
  const isNewer = migrations.length === 0 && recorded.some(({ name, finished }) => finished && !names.includes(name));
  const sql = await compareSql(client, join(dirname(folder), SQL), names);
  if (isNewer && sql.state === 'pending') sql.state = 'superseded';
  return { recorded, migrations, sql };
}

// A migration runs as one transaction: one whose SQL failed left nothing behind, and may be tried again once corrected.
async function forgetFailures(engine: SchemaEngine, recorded: Recorded[]): Promise<void> {
  for (const { name, failed } of recorded) if (failed) await engine.markMigrationRolledBack({ migrationName: name });
}

async function recordedMigrations(client: pg.Client): Promise<Recorded[]> {
  try {
    const { rows } = await client.query<Recorded>(
      `SELECT migration_name AS name, finished_at IS NOT NULL AS finished, finished_at IS NULL AND logs IS NOT NULL AS failed
       FROM public._prisma_migrations WHERE rolled_back_at IS NULL`,
    );
    return rows;
  } catch (error) {
    const tableIsMissing = error instanceof pg.DatabaseError && error.code === '42P01';
    if (tableIsMissing) return [];
    throw error;
  }
}

function missingFrom(recorded: Recorded[], names: string[]): string[] {
  const finished = new Set(recorded.filter((one) => one.finished).map((one) => one.name));
  return names.filter((name) => !finished.has(name));
}
