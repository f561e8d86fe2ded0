import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { withClient } from '../with-client.ts';
import { clusterFolder, readPasswords } from './cluster.ts';
import { superuserUrl } from './owner.ts';
import { runningPort } from './postmaster.ts';
import { startDatabaseServer } from './server.ts';

/**
 * Works with the URL of the embedded database's superuser, whom row security does not bind. Uses the server that runs in this
 * data folder, or starts it for as long as the work takes.
 */
export async function withSuperuserUrl<T>(dataDir: string, work: (url: string) => Promise<T>): Promise<T> {
  if (!hasEmbeddedDatabase(dataDir)) throw new Error(`There is no embedded database in ${dataDir}`);
  const folder = clusterFolder(dataDir);
  const url = () => superuserUrl(runningPort(folder) ?? 0, readPasswords(dataDir));
  if (await canConnect(url())) return work(url());
  const server = await startDatabaseServer({ dataDir, log: () => undefined });
  try {
    return await work(url());
  } finally {
    await server.stop();
  }
}

const canConnect = (url: string): Promise<boolean> => withClient(url, async () => true).catch(() => false);

export const hasEmbeddedDatabase = (dataDir: string): boolean => existsSync(join(clusterFolder(dataDir), 'PG_VERSION'));
