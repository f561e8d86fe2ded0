import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withClient } from '@rolecall/prisma/with-client';
import type { TestProject } from 'vitest/node';
import { prepareDatabase } from '../prepare-database.ts';
import { startCopy } from './fixtures/database-copy.ts';
import { knob } from './knobs.ts';

declare module 'vitest' {
  interface ProvidedContext {
    ownerUrl: string;
    /** The owner's URL at a pooler in transaction mode, through which the harness connects; empty without one. */
    poolerUrl: string;
    /** The data folder of a migrated database that does not run. */
    templateDir: string;
  }
}

/** Starts one migrated database for the whole run; each suite creates its own tenants. */
export default async function setup(project: Pick<TestProject, 'provide'>) {
  const templateDir = await mkdtemp(join(tmpdir(), 'rolecall-template-'));
  const template = await prepareDatabase({ databaseUrl: null, dataDir: templateDir }, () => {});
  await disableDurability(template.ownerUrl);
  await template.stop();
  const database = await startDatabaseOfRun(templateDir);
  project.provide('templateDir', templateDir);
  project.provide('ownerUrl', database.ownerUrl);
  project.provide('poolerUrl', knob('TEST_POOLER_URL'));
  return async () => {
    await database.stop();
    await rm(templateDir, { recursive: true, force: true });
  };
}

async function startDatabaseOfRun(templateDir: string) {
  const databaseUrl = knob('TEST_DATABASE_URL');
  if (!databaseUrl) return startCopy(templateDir);
  const database = await prepareDatabase({ databaseUrl, dataDir: templateDir }, () => {});
  await disableDurability(database.ownerUrl);
  return database;
}

/** Commits need not wait for the disk, because the database is deleted after the run. Crash tests start their own server. */
const disableDurability = (ownerUrl: string) =>
  withClient(ownerUrl, (client) => client.query('ALTER DATABASE rolecall SET synchronous_commit = off'));
