import type { ChildProcess } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { open, readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Cluster, spawnAs } from './cluster.ts';
import { commandOf, endProcess } from './processes.ts';

export type Postmaster = { port: number; exited: Promise<void>; stop(): Promise<void> };

const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  shared_buffers: '128MB',
  max_connections: '100',
  TimeZone: 'UTC',
  log_timezone: 'UTC',
  log_checkpoints: 'off',
};

// Fast shutdown first (running transactions roll back), then the immediate one, which the next start recovers from.
const SHUTDOWN = [
  ['SIGINT', 20],
  ['SIGQUIT', 10],
] as const;
// A server whose Rolecall was killed has no users, and while it recovers it obeys no other signal quickly.
const IMMEDIATE_SHUTDOWN = [['SIGQUIT', 10]] as const;

/** Starts PostgreSQL on `fixedPort`, or on a free one. */
export async function startPostmaster(cluster: Omit<Cluster, 'passwords'>, fixedPort?: number): Promise<Postmaster> {
  for (let attempt = 1; attempt <= 3; attempt++) {
    // Another program may take the port before PostgreSQL starts: then another one is tried.
    const port = fixedPort ?? (await freePort());
    const { child, exited } = await launch(cluster, port);
    if (!(await becomesReady(cluster.folder, child, exited))) continue;
    const stop = async () => {
      if (child.pid !== undefined) await end(child.pid, SHUTDOWN);
      await exited;
    };
    return { port, exited, stop };
  }
  throw new Error(`PostgreSQL did not start: ${await lastError(cluster.logFile)} (more in ${cluster.logFile})`);
}

async function launch({ runAs, binaries, folder, logFile }: Omit<Cluster, 'passwords'>, port: number) {
  const settings = Object.entries({ ...SETTINGS, port }).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const log = await open(logFile, 'a', 0o600);
  const child = spawnAs(runAs, binaries.postgres, ['-D', folder, ...settings], {
    cwd: folder,
    logFd: log.fd,
    // Away from our terminal: Ctrl-C must reach us alone, who stop it in order.
    detached: true,
  });
  const interrupt = () => child.kill('SIGINT');
  process.once('exit', interrupt);
  const exited = new Promise<void>((resolve) => {
    const done = () => {
      process.off('exit', interrupt);
      resolve();
    };
    child.once('exit', done).once('error', done);
  });
  // Not before: while this waits, the child may have ended already.
  await log.close();
  return { child, exited };
}

async function becomesReady(folder: string, child: ChildProcess, exited: Promise<void>): Promise<boolean> {
  let hasExited = false;
  exited.then(() => {
    hasExited = true;
  });
  while (!hasExited) {
    const { pid, status } = readPidFile(folder);
    if (pid === child.pid && status === 'ready') return true;
    await pause(20);
  }
  return false;
}

/** Ends a server whose Rolecall was killed: two servers on one folder would destroy it. */
export async function endLeftover(folder: string, log: (line: string) => void): Promise<void> {
  const { pid } = readPidFile(folder);
  if (pid === undefined) return;
  const command = commandOf(pid);
  if (command.includes(`-D ${folder} `)) {
    log(`Stopping the database server that an interrupted run left behind (process ${pid})`);
    await end(pid, IMMEDIATE_SHUTDOWN);
  }
  // After a crash the number may have passed to any other program, for which PostgreSQL would refuse to start.
  if (!command.includes('postgres')) rmSync(join(folder, 'postmaster.pid'), { force: true });
}

async function end(pid: number, signals: Parameters<typeof endProcess>[1]): Promise<void> {
  if (!(await endProcess(pid, signals))) throw new Error(`The database server (process ${pid}) does not stop.`);
}

/** Returns the port of the server that runs in this folder, as its pid file states; undefined where none runs. */
export const runningPort = (folder: string): number | undefined => readPidFile(folder).port;

function readPidFile(folder: string): { pid?: number; port?: number; status?: string } {
  try {
    const lines = readFileSync(join(folder, 'postmaster.pid'), 'utf8').split('\n');
    return { pid: Number(lines[0]), port: Number(lines[3]), status: lines[7]?.trim() ?? '' };
  } catch {
    return {};
  }
}

async function lastError(logFile: string): Promise<string> {
  const lines = (await readFile(logFile, 'utf8')).split('\n').filter((line) => line.trim() !== '');
  return lines.findLast((line) => /FATAL|PANIC/.test(line)) ?? lines.at(-1) ?? 'it said nothing';
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('No port')),
      );
    });
  });
}
