import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { startDatabaseServer } from '@rolecall/prisma/server';
import { withSuperuserUrl } from '@rolecall/prisma/superuser';
import pg from 'pg';

const DISK_SIZE = '512m';
const BLOCK = Buffer.alloc(1_000_000);
const ENDED_QUERY = 'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename';

export type FragileDatabase = Awaited<ReturnType<typeof startFragileDatabase>>;

/** Starts a PostgreSQL apart from the server under test, on a small disk of its own where this machine allows that, that fails on demand. */
export async function startFragileDatabase() {
  const home = await mkdtemp(join(tmpdir(), 'rolecall-fragile-'));
  const whyNoDisk = mountSmallDisk(home);
  const dataDir = join(home, 'data');
  let database = await startDatabaseServer({ dataDir, log: () => undefined });
  const { ownerUrl } = database;
  const port = Number(new URL(ownerUrl).port);
  const asSuperuser = <T>(work: (client: pg.Client) => Promise<T>) =>
    withSuperuserUrl(dataDir, async (connectionString) => {
      const client = new pg.Client({ connectionString });
      client.on('error', () => undefined);
      await client.connect();
      return work(client).finally(() => client.end());
    });
  // Otherwise the log of changes alone would fill the disk.
  await asSuperuser(async (client) => {
    await client.query("ALTER SYSTEM SET max_wal_size = '128MB'");
    await client.query('SELECT pg_reload_conf()');
  });

  return {
    ownerUrl,
    /** Why the disk cannot be filled; null where it can. */
    whyNoDisk,
    /** Ends one connection of a login after the other. */
    endConnections: (login: string, times: number) =>
      asSuperuser(async (client) => {
        for (let time = 0; time < times; time++) {
          await client.query(
            `${ENDED_QUERY} = $1 AND pid IN (
            SELECT pid FROM pg_stat_activity WHERE usename = $1 ORDER BY random() LIMIT 1)`,
            [login],
          );
          await pause(100);
        }
      }),
    async stopFor(seconds: number) {
      await database.stop();
      await pause(seconds * 1000);
      database = await startDatabaseServer({ dataDir, port, log: () => undefined });
    },
    async fillDiskFor(seconds: number) {
      const ballast = join(home, 'ballast');
      const file = await open(ballast, 'w');
      const isFull = () =>
        file.appendFile(BLOCK).then(
          () => false,
          () => true,
        );
      while (!(await isFull()));
      // What the database frees is taken too.
      for (const until = performance.now() + seconds * 1000; performance.now() < until; ) {
        if (await isFull()) await pause(50);
      }
      await file.close();
      await rm(ballast);
    },
    takeConnectionsFor: (seconds: number) =>
      asSuperuser(async (client) => {
        const taken: pg.Client[] = [];
        const take = async () => {
          const connection = new pg.Client({ connectionString: ownerUrl });
          connection.on('error', () => undefined);
          await connection.connect().then(
            () => taken.push(connection),
            () => pause(20),
          );
        };
        const until = performance.now() + seconds * 1000;
        while (performance.now() < until) {
          await client.query(`${ENDED_QUERY} LIKE 'rolecall\\_%' AND usename <> 'rolecall_owner'`);
          await Promise.all(Array.from({ length: 20 }, take));
        }
        await Promise.all(taken.map((connection) => connection.end()));
      }),
    async stop() {
      await database.stop();
      if (whyNoDisk === null) execFileSync('umount', [home]);
      await rm(home, { recursive: true, force: true });
    },
  };
}

/** Returns why not, where this account or this container may not mount. */
function mountSmallDisk(folder: string): string | null {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK_SIZE},mode=711`, 'tmpfs', folder], { stdio: 'pipe' });
    writeFileSync(join(folder, '.small'), '');
    return null;
  } catch (error) {
    return `no small disk can be mounted: ${String((error as { stderr?: Buffer }).stderr ?? error).trim()}`;
  }
}
