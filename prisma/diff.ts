import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureLogins } from './logins.ts';
import { loadMigrations, MIGRATIONS_FOLDER, NO_FILTERS } from './migration-files.ts';
import { withSchemaEngine } from './schema-engine.ts';
import { startDatabaseServer } from './server.ts';

/** The SQL that leads from the migrations to the schema; they are replayed on a throw-away server to know where we stand. */
export async function diffSchema(schemaFile: string, migrationsFolder = MIGRATIONS_FOLDER): Promise<string> {
  const dataDir = await mkdtemp(join(tmpdir(), 'rolecall-diff-'));
  try {
    const server = await startDatabaseServer({ dataDir, log: () => {} });
    try {
      await ensureLogins(server.ownerUrl);
      const content = await readFile(schemaFile, 'utf8');
      const migrations = await loadMigrations(migrationsFolder);
      const result = await withSchemaEngine(server.ownerUrl, (engine) =>
        engine.diff({
          from: { tag: 'migrations', ...migrations },
          to: { tag: 'schemaDatamodel', files: [{ path: schemaFile, content }] },
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
  process.stdout.write(await diffSchema(join(import.meta.dirname, 'schema.prisma')));
}
