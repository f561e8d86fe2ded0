import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withClient } from '@rolecall/prisma/with-client';
import type { TestProject } from 'vitest/node';
import { prepareDatabase } from '../prepare-database.ts';
import { knob } from './knobs.ts';

declare module 'vitest' {
  interface ProvidedContext {
    ownerUrl: string;
    /** The owner's URL at a pooler in transaction mode, through which the harness connects; empty without one. */
    poolerUrl: string;
  }
}

/** Starts one migrated database for the whole run; each suite creates its own tenants. */
export default async function setup(project: Pick<TestProject, 'provide'>) {
  const dataDir = await mkdtemp(join(tmpdir(), 'rolecall-test-'));
  const database = await prepareDatabase({ databaseUrl: knob('TEST_DATABASE_URL') || null, dataDir }, () => {});
  await disableDurability(database.ownerUrl);
  project.provide('ownerUrl', database.ownerUrl);
  project.provide('poolerUrl', knob('TEST_POOLER_URL'));
  return async () => {
    await database.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
}

/** Commits need not wait for the disk, because the database is deleted after the run. Crash tests start their own server. */
const disableDurability = (ownerUrl: string) =>
  withClient(ownerUrl, (client) => client.query('ALTER DATABASE rolecall SET synchronous_commit = off'));
