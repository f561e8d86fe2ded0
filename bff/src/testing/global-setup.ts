import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { prepareDatabase } from '../prepare-database.ts';

declare module 'vitest' {
  interface ProvidedContext {
    ownerUrl: string;
  }
}

/** Starts one migrated database for the whole run; each suite creates its own tenants. */
export default async function setup(project: TestProject) {
  const dataDir = await mkdtemp(join(tmpdir(), 'rolecall-test-'));
  const database = await prepareDatabase({ databaseUrl: null, dataDir }, () => {});
  await disableDurability(database.ownerUrl);
  project.provide('ownerUrl', database.ownerUrl);
  return async () => {
    await database.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
}

/** Commits need not wait for the disk, because the database is deleted after the run. Crash tests start their own server. */
async function disableDurability(ownerUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  await client.query('ALTER DATABASE rolecall SET synchronous_commit = off').finally(() => client.end());
}
