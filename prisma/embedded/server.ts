import { existsSync } from 'node:fs';
import { access, constants, mkdir, realpath, rm, stat, truncate } from 'node:fs/promises';
import { findBinaries } from './binaries.ts';
import { clusterFolder, passwordFile, prepareCluster, readPasswords } from './cluster.ts';
import { acquireLock } from './lock.ts';
import { ensureOwner, ownerUrl } from './owner.ts';
import { endLeftover, runningPort, startPostmaster } from './postmaster.ts';
import { supervise } from './supervise.ts';

export type DatabaseServer = { ownerUrl: string; stop(): Promise<void> };
type Options = {
  dataDir: string;
  /** A free port by default. */
  port?: number;
  log: (line: string) => void;
};

/** PostgreSQL from npm, on 127.0.0.1, for as long as this process lives. */
export async function startDatabaseServer({ dataDir, port, log }: Options): Promise<DatabaseServer> {
  const home = await prepareHome(dataDir);
  const releaseLock = acquireLock(home);
  try {
    await endLeftover(clusterFolder(home), log);
    const { passwords, ...cluster } = await prepareCluster(home, await findBinaries(), log);
    await keepLogShort(cluster.logFile);
    const postmaster = await startPostmaster(cluster, port);
    const supervisor = supervise(cluster, postmaster, log);
    let stopped: Promise<void> | undefined;
    const stop = () => {
      stopped ??= supervisor.stop().finally(releaseLock);
      return stopped;
    };
    try {
      return { ownerUrl: await ensureOwner(postmaster.port, passwords), stop };
    } catch (error) {
      await stop();
      throw error;
    }
  } catch (error) {
    releaseLock();
    throw error;
  }
}

/** The owner's URL of the server that another process has started in this data folder. Throws where none runs. */
export async function runningDatabaseUrl(dataDir: string): Promise<string> {
  const home = await prepareHome(dataDir);
  const port = runningPort(clusterFolder(home));
  if (!port) throw new Error(`No embedded database runs in ${home}`);
  return ownerUrl(port, readPasswords(home));
}

/** Forgets the embedded database of a data folder: its rows, its accounts and their passwords. */
export async function resetDatabaseServer(dataDir: string): Promise<void> {
  const home = await prepareHome(dataDir);
  const releaseLock = acquireLock(home);
  try {
    const folder = clusterFolder(home);
    await endLeftover(folder, () => {});
    await rm(folder, { recursive: true, force: true });
    await rm(passwordFile(home), { force: true });
  } finally {
    releaseLock();
  }
}

// Others may pass through to the database's own closed folder, which can belong to another account, but not look around.
async function prepareHome(dataDir: string): Promise<string> {
  await mkdir(dataDir, { recursive: true, mode: 0o711 });
  const home = await realpath(dataDir);
  await access(home, constants.W_OK).catch((cause) => {
    throw new Error(
      `The data folder ${home} belongs to another account: start Rolecall as that one, or change DATA_DIR.`,
      {
        cause,
      },
    );
  });
  return home;
}

async function keepLogShort(file: string): Promise<void> {
  if (existsSync(file) && (await stat(file)).size > 10_000_000) await truncate(file);
}
