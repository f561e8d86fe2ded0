import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

const onLinux = process.platform === 'linux';

/** When a process began, in a form that a later process with the same id cannot repeat; undefined when it has ended. */
export function startTime(pid: number): string | undefined {
  if (!onLinux) return ps('lstart=', pid);
  try {
    // The command name, in parentheses, may hold spaces: fields are counted after it.
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const [state, ticks] = [fields[0], fields[19]];
    // A zombie has ended, but stays listed where no parent reaps it, as in many containers.
    if (state === 'Z' || state === 'X') return undefined;
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}:${ticks}`;
  } catch {
    return undefined;
  }
}

export const isAlive = (pid: number) => startTime(pid) !== undefined;

/** The command line a process was started with, empty when there is none. */
export function commandOf(pid: number): string {
  if (!onLinux) return ps('command=', pid) ?? '';
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
}

/** Sends each signal in turn and gives it its seconds, until the process has ended. */
export async function endProcess(
  pid: number,
  schedule: readonly (readonly [NodeJS.Signals, number])[],
): Promise<boolean> {
  for (const [signal, seconds] of schedule) {
    if (!isAlive(pid)) return true;
    process.kill(pid, signal);
    for (const deadline = Date.now() + seconds * 1000; Date.now() < deadline; await pause(20)) {
      if (!isAlive(pid)) return true;
    }
  }
  return false;
}

function ps(field: string, pid: number): string | undefined {
  if (process.platform === 'win32') return isKnown(pid) ? 'running' : undefined;
  try {
    const [state = '', ...value] = execFileSync('ps', ['-o', 'stat=', '-o', field, '-p', String(pid)], {
      encoding: 'utf8',
      env: { PATH: process.env.PATH, LC_ALL: 'C' },
    })
      .trim()
      .split(/\s+/);
    return state.startsWith('Z') ? undefined : value.join(' ');
  } catch {
    return undefined;
  }
}

function isKnown(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
