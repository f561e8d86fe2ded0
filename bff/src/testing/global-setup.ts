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

/** One database for the whole run, migrated and with the platform tenant; each suite makes tenants of its own in it. */
export default async function setup(project: TestProject) {
  const dataDir = await mkdtemp(join(tmpdir(), 'rolecall-test-'));
  const database = await prepareDatabase({ databaseUrl: null, dataDir }, () => {});
  await forgetDurability(database.ownerUrl);
  project.provide('ownerUrl', database.ownerUrl);
  return async () => {
    await database.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
}

/** What is thrown away after the run need not wait for the disk. Tests of crashes start servers of their own. */
async function forgetDurability(ownerUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  await client.query('ALTER DATABASE rolecall SET synchronous_commit = off').finally(() => client.end());
}
