import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepareDatabase } from '../prepare-database.ts';

/** A database that no other suite works in: for what looks at everybody, such as a comparison with the provider. */
export async function ownDatabase(): Promise<{ ownerUrl: string; stop(): Promise<void> }> {
  const dataDir = await mkdtemp(join(tmpdir(), 'rolecall-own-'));
  const database = await prepareDatabase({ databaseUrl: null, dataDir }, () => {});
  return {
    ownerUrl: database.ownerUrl,
    stop: async () => {
      await database.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
