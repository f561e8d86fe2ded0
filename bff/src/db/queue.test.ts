import { loginUrl } from '@rolecall/prisma/logins';
import pg from 'pg';
import { afterAll, expect, inject, it } from 'vitest';
import type { Queue } from '../core/queue.ts';
import { installQueue } from './install-queue.ts';
import { openQueue } from './queue.ts';

const errors: Error[] = [];
const queues: Queue[] = [];
const aQueue = () => {
  const queue = openQueue({ ownerUrl: inject('ownerUrl') }, (error) => errors.push(error));
  queues.push(queue);
  return queue;
};
afterAll(async () => {
  await Promise.all(queues.map((queue) => queue.stop()));
  expect(errors).toEqual([]);
});

it('runs each job once on any instance, and retries it after a failure', async () => {
  const [here, there] = [aQueue(), aQueue()];
  const seen: { at: string; job: number }[] = [];
  const done = Promise.withResolvers<void>();
  const worker = (at: string) => async (data: { job: number }) => {
    seen.push({ at, job: data.job });
    if (data.job === 0 && seen.filter(({ job }) => job === 0).length === 1) throw new Error('first attempt fails');
    if (new Set(seen.map(({ job }) => job)).size === 8 && seen.length === 9) done.resolve();
  };
  await here.work('audit-partitions', worker('here'));
  await there.work('audit-partitions', worker('there'));
  await Promise.all(
    Array.from({ length: 8 }, (_, job) => here.send('audit-partitions', { job }, { key: String(job) })),
  );
  await done.promise;
  expect(seen.map(({ job }) => job).sort()).toEqual([0, 0, 1, 2, 3, 4, 5, 6, 7]);
});

it('repeats a job through an outage of the database without using up its retries', async () => {
  const queue = aQueue();
  let calls = 0;
  const done = Promise.withResolvers<void>();
  await queue.work('nightly-sync', async () => {
    calls += 1;
    // One more than the queue has retries.
    if (calls <= 5) throw Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
    done.resolve();
  });
  await queue.send('nightly-sync', {}, { key: 'outage' });
  await done.promise;
  expect(calls).toBe(6);
});

it('keeps one waiting job per key', async () => {
  const queue = aQueue();
  const send = (key: string) => queue.send('audit-partitions', {}, { key, after: 3600 });
  const key = `test-${Math.random()}`;
  expect(await Promise.all([send(key), send(key)])).toContain(null);
  expect(await send(`${key}-other`)).not.toBeNull();
});

it('can be installed repeatedly', async () => {
  const install = () => installQueue(inject('ownerUrl'));
  await expect(Promise.all([install(), install()])).resolves.toEqual([undefined, undefined]);
});

it('denies its login creating or altering tables', async () => {
  const client = new pg.Client({ connectionString: loginUrl(inject('ownerUrl'), 'queue') });
  await client.connect();
  try {
    for (const statement of [
      'CREATE TABLE queue.mine ()',
      'ALTER TABLE queue.job ADD COLUMN mine int',
      'SELECT 1 FROM public.role',
    ]) {
      await expect(client.query(statement)).rejects.toThrow(/permission denied|must be owner/);
    }
  } finally {
    await client.end();
  }
});
