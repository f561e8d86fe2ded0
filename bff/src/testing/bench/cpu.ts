import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Returns the processor time of all PostgreSQL processes of a data folder in microseconds; 0 where the system does not report it. */
export async function databaseCpuUs(dataDir: string): Promise<number> {
  const pids = await readdir('/proc').catch(() => []);
  const stats = await Promise.all(
    pids.filter((pid) => /^\d+$/.test(pid)).map((pid) => readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')),
  );
  const processes = stats.map((stat) => ({
    pid: stat.split(' ')[0],
    rest: stat.slice(stat.lastIndexOf(')') + 2).split(' '),
  }));
  const [postmaster = ''] = (await readFile(join(dataDir, 'postgres/postmaster.pid'), 'utf8').catch(() => '')).split(
    '\n',
  );
  const ticks = processes
    .filter(({ pid, rest }) => pid === postmaster || rest[1] === postmaster)
    .reduce(
      (sum, { rest }) =>
        sum + Number(rest[11]) + Number(rest[12]) + (rest[1] === postmaster ? 0 : Number(rest[13]) + Number(rest[14])),
      0,
    );
  return ticks * 10_000;
}
