import { setTimeout as pause } from 'node:timers/promises';
import { roleName } from '@rolecall/prisma/logins';
import pg from 'pg';
import { PgBoss } from 'pg-boss';
import { QUEUES } from '../core/queue.ts';
import { QUEUE_SCHEMA } from './queue.ts';

interface Job {
  name: string;
  data: object;
  startAfter: string;
}

const grants = (login: string) => `
  SELECT pg_advisory_xact_lock(hashtextextended('install queue', 0));
  GRANT USAGE ON SCHEMA ${QUEUE_SCHEMA} TO ${login};
  GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${QUEUE_SCHEMA} TO ${login};
  GRANT USAGE ON ALL SEQUENCES IN SCHEMA ${QUEUE_SCHEMA} TO ${login};
  GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA ${QUEUE_SCHEMA} TO ${login}`;

/**
 * Creates the tables of the queue, or migrates them to the installed version of pg-boss, as the migrating login. The login of the
 * queue reads and writes them and nothing else, and no other login reaches them. Sends `jobs` again,
 * which come from a backup.
 */
export async function installQueue(
  ownerUrl: string,
  { loginPrefix, jobs = [] }: { loginPrefix?: string | undefined; jobs?: readonly Job[] } = {},
): Promise<void> {
  const boss = new PgBoss({
    connectionString: ownerUrl,
    schema: QUEUE_SCHEMA,
    max: 1,
    supervise: false,
    schedule: false,
  });
  boss.on('error', () => undefined);
  await boss.start();
  try {
    for (const [name, options] of Object.entries(QUEUES)) {
      const { policy, ...changeable } = options;
      await boss.createQueue(name, options);
      await boss.updateQueue(name, changeable);
    }
    await waitForIndexes(boss);
    for (const { name, data, startAfter } of jobs) if (name in QUEUES) await boss.send(name, data, { startAfter });
  } finally {
    await boss.stop({ graceful: false });
  }
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    await client.query(grants(roleName('queue', loginPrefix)));
  } finally {
    await client.end();
  }
}

/** Waits until the indexes are built that an upgrade builds outside its transaction. */
async function waitForIndexes(boss: PgBoss): Promise<void> {
  for (let waited = 0; waited < 60_000; waited += 100) {
    const left = await boss.getBamStatus();
    if (left.every(({ status }) => status !== 'pending' && status !== 'in_progress')) return;
    await pause(100);
  }
}
