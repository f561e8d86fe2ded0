import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, open, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Binaries } from './binaries.ts';
import { chooseAccount, chownTo, type RunAs } from './run-as.ts';

export type Passwords = { superuser: string; owner: string };
export type Cluster = { folder: string; runAs: RunAs; passwords: Passwords; binaries: Binaries; logFile: string };

export const clusterFolder = (dataDir: string) => join(dataDir, 'postgres');
export const passwordFile = (dataDir: string) => join(dataDir, 'postgres-passwords.json');

/** Brings the database's folder into being at the first start, and makes it ours at every later one. */
export async function prepareCluster(
  dataDir: string,
  binaries: Binaries,
  log: (line: string) => void,
): Promise<Cluster> {
  const folder = clusterFolder(dataDir);
  const runAs = chooseAccount(dataDir, folder, binaries.initdb);
  const cluster = { folder, runAs, binaries, logFile: join(dataDir, 'postgres.log') };
  if (existsSync(join(folder, 'PG_VERSION'))) {
    chownTo(folder, runAs.owner);
    return { ...cluster, passwords: readPasswords(dataDir) };
  }
  if (existsSync(folder))
    throw new Error(`${folder} exists but is no database: move it away, or choose another DATA_DIR.`);
  log('Creating the database (first start only)');
  const passwords = await writePasswords(dataDir);
  await initialise(cluster, passwords.superuser);
  return { ...cluster, passwords };
}

// A folder with its final name is always complete: a start that dies on the way leaves only a draft behind.
async function initialise(cluster: Omit<Cluster, 'passwords'>, password: string): Promise<void> {
  const { runAs, binaries, folder, logFile } = cluster;
  await removeDrafts(folder);
  const draft = `${folder}.draft-${process.pid}`;
  const data = join(draft, 'data');
  await mkdir(data, { recursive: true, mode: 0o700 });
  await writeFile(join(draft, 'password'), password, { mode: 0o600 });
  chownTo(draft, runAs.owner);
  const access = ['--username=postgres', `--pwfile=${join(draft, 'password')}`, '--auth=scram-sha-256'];
  const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
  const log = await open(logFile, 'a', 0o600);
  try {
    const options = ['--pgdata', data, '--no-instructions', ...access, ...locale];
    const child = spawnAs(runAs, binaries.initdb, options, { cwd: draft, logFd: log.fd, detached: false });
    const code = await new Promise((resolve, reject) => child.once('error', reject).once('exit', resolve));
    if (code !== 0) throw new Error(`Creating the database failed (initdb ended with ${code}): see ${logFile}.`);
  } finally {
    await log.close();
  }
  await rename(data, folder);
  await removeDrafts(folder);
}

async function removeDrafts(folder: string): Promise<void> {
  for (const name of await readdir(dirname(folder))) {
    const isDraft = name.startsWith(`${basename(folder)}.draft-`);
    if (isDraft) await rm(join(dirname(folder), name), { recursive: true, force: true });
  }
}

/** Runs one of PostgreSQL's programs. Its output goes to the log file, never to our terminal. */
export function spawnAs(
  { prefix, uid, gid }: RunAs,
  program: string,
  args: string[],
  { cwd, logFd, detached }: { cwd: string; logFd: number; detached: boolean },
) {
  const [command = program, ...rest] = [...prefix, program, ...args];
  return spawn(command, rest, {
    cwd,
    detached,
    windowsHide: true,
    stdio: ['ignore', logFd, logFd],
    env: { PATH: process.env.PATH, SystemRoot: process.env.SystemRoot, LC_ALL: 'C', TZ: 'UTC' },
    ...(uid === undefined ? {} : { uid }),
    ...(gid === undefined ? {} : { gid }),
  });
}

export function readPasswords(dataDir: string): Passwords {
  try {
    return JSON.parse(readFileSync(passwordFile(dataDir), 'utf8')) as Passwords;
  } catch (cause) {
    throw new Error(`The database's passwords cannot be read from ${passwordFile(dataDir)}.`, { cause });
  }
}

async function writePasswords(dataDir: string): Promise<Passwords> {
  const fresh = () => randomBytes(24).toString('base64url');
  const passwords = { superuser: fresh(), owner: fresh() };
  await writeFile(passwordFile(dataDir), JSON.stringify(passwords), { mode: 0o600 });
  return passwords;
}
