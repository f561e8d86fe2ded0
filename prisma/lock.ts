import { execFileSync } from 'node:child_process';
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

type Holder = { pid: number; startedAt: string };

/** Takes the data folder for this process alone; a lock whose holder is gone is taken over. */
export function takeLock(dataDir: string): () => void {
  const path = join(dataDir, 'rolecall.lock');
  const mine = JSON.stringify({ pid: process.pid, startedAt: startTime(process.pid) });
  for (let attempt = 0; attempt < 5; attempt++) {
    if (placeLock(path, mine)) {
      return () => {
        if (readLock(path) === mine) rmSync(path, { force: true });
      };
    }
    const current = readLock(path);
    if (current === undefined) continue;
    const holder = parse(current);
    if (holder && isSameProcess(holder)) {
      throw new Error(`The data folder ${dataDir} is in use by another running Rolecall (process ${holder.pid}).`);
    }
    discardStale(path, current);
  }
  throw new Error(`The data folder ${dataDir} could not be locked: another Rolecall is starting there.`);
}

/** When a process began, in a form that a later process with the same id cannot repeat. */
export function startTime(pid: number): string {
  try {
    if (process.platform === 'linux') {
      const bootId = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
      // The command name, in parentheses, may hold spaces: fields are counted after it. The 20th is the start time.
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      const ticks = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
      return `${bootId}:${ticks}`;
    }
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8', env: { LC_ALL: 'C' } }).trim();
  } catch {
    return '';
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function isSameProcess(holder: Holder): boolean {
  return isAlive(holder.pid) && startTime(holder.pid) === holder.startedAt;
}

// A hard link appears whole or not at all, and fails when the name exists.
function placeLock(path: string, content: string): boolean {
  const draft = `${path}.${process.pid}.${Math.random().toString(36).slice(2)}`;
  writeFileSync(draft, content, { mode: 0o600 });
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

// Two starters may see the same stale lock. Renaming shows which file was really taken away:
// when it is not the stale one, it belongs to the quicker starter and goes back.
function discardStale(path: string, stale: string): void {
  const aside = `${path}.stale.${process.pid}`;
  try {
    renameSync(path, aside);
  } catch {
    return;
  }
  const taken = readLock(aside);
  if (taken !== undefined && taken !== stale) placeLock(path, taken);
  rmSync(aside, { force: true });
}

function readLock(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function parse(content: string): Holder | undefined {
  try {
    return JSON.parse(content) as Holder;
  } catch {
    return undefined;
  }
}
