import pg from 'pg';
import { loadMigrations, MIGRATIONS_FOLDER, migrationNames, NO_FILTERS } from './migration-files.ts';
import { type SchemaEngine, withSchemaEngine } from './schema-engine.ts';

type Options = { onProgress?: (line: string) => void; folder?: string };
type Recorded = { name: string; finished: boolean; failed: boolean };

const ONE_AT_A_TIME = 718_271_002;

/** Applies what is missing, as the owner, and returns the names; several processes may try at once. */
export async function migrate(
  ownerUrl: string,
  { onProgress, folder = MIGRATIONS_FOLDER }: Options = {},
): Promise<string[]> {
  return withClient(ownerUrl, async (client) => {
    await client.query('SELECT pg_advisory_lock($1)', [ONE_AT_A_TIME]);
    const recorded = await recordedMigrations(client);
    const pending = missingFrom(recorded, await migrationNames(folder));
    if (pending.length === 0) return [];
    onProgress?.(
      `Applying ${pending.length === 1 ? 'one migration' : `${pending.length} migrations`}: ${pending.join(', ')}`,
    );
    return withSchemaEngine(ownerUrl, async (engine) => {
      await forgetFailures(engine, recorded);
      const migrationsList = await loadMigrations(folder);
      const { appliedMigrationNames } = await engine.applyMigrations({ migrationsList, filters: NO_FILTERS });
      return appliedMigrationNames;
    });
  });
}

/** Names of the migrations this code needs and the database lacks. */
export async function pendingMigrations(url: string, folder = MIGRATIONS_FOLDER): Promise<string[]> {
  const recorded = await withClient(url, recordedMigrations);
  return missingFrom(recorded, await migrationNames(folder));
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

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
