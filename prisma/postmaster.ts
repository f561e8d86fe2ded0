import type { ChildProcess } from 'node:child_process';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Cluster, spawnAs } from './cluster.ts';
import { isAlive } from './lock.ts';

export type Postmaster = { process: ChildProcess; port: number; exited: Promise<unknown> };

const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  shared_buffers: '128MB',
  max_connections: '100',
  TimeZone: 'UTC',
  log_timezone: 'UTC',
  log_checkpoints: 'off',
};

export async function startPostmaster(cluster: Cluster): Promise<Postmaster> {
  for (let attempt = 1; ; attempt++) {
    const port = await freePort();
    const postmaster = await launch(cluster, port);
    if (await becomesReady(cluster.folder, postmaster)) return postmaster;
    // Another program may have taken the port between our look and PostgreSQL's start.
    if (attempt === 3) throw new Error(`PostgreSQL did not start: see the end of ${cluster.logFile}.`);
  }
}

async function launch(cluster: Cluster, port: number): Promise<Postmaster> {
  const settings = Object.entries({ ...SETTINGS, port }).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const log = await open(cluster.logFile, 'a', 0o600);
  try {
    const child = spawnAs(
      cluster.runAs,
      cluster.binaries.postgres,
      ['-D', cluster.folder, ...settings],
      cluster.folder,
      log.fd,
    );
    const exited = new Promise((resolve) => child.once('exit', resolve).once('error', resolve));
    return { process: child, port, exited };
  } finally {
    await log.close();
  }
}

async function becomesReady(folder: string, { process: child, exited }: Postmaster): Promise<boolean> {
  let gone = false;
  exited.then(() => {
    gone = true;
  });
  while (!gone) {
    const { pid, status } = readPidFile(folder);
    if (pid === child.pid && status === 'ready') return true;
    await pause(20);
  }
  return false;
}

/** Ends a server whose Rolecall was killed; two servers on one folder would destroy it. */
export async function endLeftover(folder: string, log: (line: string) => void): Promise<void> {
  const { pid } = readPidFile(folder);
  if (pid === undefined || !isPostmasterOf(pid, folder)) return;
  log(`Stopping the database server that an interrupted run left behind (process ${pid})`);
  await endProcess(pid);
}

/** Fast shutdown first (running transactions roll back); after a while the immediate one, which the next start repairs. */
export async function endProcess(pid: number): Promise<void> {
  for (const [signal, seconds] of [
    ['SIGINT', 20],
    ['SIGQUIT', 10],
  ] as const) {
    if (!isAlive(pid)) return;
    process.kill(pid, signal);
    for (let waited = 0; waited < seconds * 50; waited++) {
      if (!isAlive(pid)) return;
      await pause(20);
    }
  }
  throw new Error(`The database server (process ${pid}) does not stop.`);
}

function isPostmasterOf(pid: number, folder: string): boolean {
  try {
    const command =
      process.platform === 'linux'
        ? readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
        : execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
    return command.includes(`-D ${folder} `);
  } catch {
    return false;
  }
}

function readPidFile(folder: string): { pid?: number; status?: string } {
  try {
    const lines = readFileSync(join(folder, 'postmaster.pid'), 'utf8').split('\n');
    return { pid: Number(lines[0]), status: lines[7]?.trim() ?? '' };
  } catch {
    return {};
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}
