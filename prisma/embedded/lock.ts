import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startTime } from './processes.ts';

type Owner = { pid: number; startedAt: string };

/** Locks the data folder for this process. A lock whose owner has ended is taken over. */
export function acquireLock(dataDir: string): () => void {
  const path = join(dataDir, 'rolecall.lock');
  const mine = JSON.stringify({ pid: process.pid, startedAt: startTime(process.pid) });
  for (let attempt = 0; attempt < 5; attempt++) {
    if (createLock(path, mine)) return () => readLock(path) === mine && rmSync(path, { force: true });
    const current = readLock(path);
    if (current === undefined) continue;
    const owner = parse(current);
    if (owner && startTime(owner.pid) === owner.startedAt) {
      throw new Error(`The data folder ${dataDir} is in use by another running Rolecall (process ${owner.pid}).`);
    }
    discardStale(path, current);
  }
  throw new Error(`The data folder ${dataDir} could not be locked: another Rolecall is starting there.`);
}

// A hard link appears whole or not at all, and fails when the name exists.
function createLock(path: string, content: string): boolean {
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, content, { mode: 0o600 });
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
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
  if (taken !== undefined && taken !== stale) createLock(path, taken);
  rmSync(aside, { force: true });
}

function readLock(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

function parse(content: string): Owner | undefined {
  try {
    return JSON.parse(content) as Owner;
  } catch {
    return undefined;
  }
}

const codeOf = (error: unknown) => (error as NodeJS.ErrnoException).code;
