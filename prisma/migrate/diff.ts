import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDatabaseServer } from '../embedded/server.ts';
import { ensureLogins } from '../logins/ensure.ts';
import { loadMigrations, MIGRATIONS_FOLDER, NO_FILTERS } from './files.ts';
import { withSchemaEngine } from './schema-engine.ts';

/** The SQL that leads from the migrations to the schema; they are replayed on a throw-away server to know where we stand. */
export async function diffSchema(schemaFolder: string, migrationsFolder = MIGRATIONS_FOLDER): Promise<string> {
  const dataDir = await mkdtemp(join(tmpdir(), 'rolecall-diff-'));
  try {
    const server = await startDatabaseServer({ dataDir, log: () => {} });
    try {
      await ensureLogins(server.ownerUrl);
      const names = await readdir(schemaFolder);
      const files = await Promise.all(
        names.map(async (path) => ({ path, content: await readFile(join(schemaFolder, path), 'utf8') })),
      );
      const migrations = await loadMigrations(migrationsFolder);
      const result = await withSchemaEngine(server.ownerUrl, (engine) =>
        engine.diff({
          from: { tag: 'migrations', ...migrations },
          to: { tag: 'schemaDatamodel', files },
          script: true,
          exitCode: null,
          filters: NO_FILTERS,
        }),
      );
      return result.stdout ?? '';
    } finally {
      await server.stop();
    }
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}

if (import.meta.main) {
  process.stdout.write(await diffSchema(join(import.meta.dirname, '../schema')));
}
