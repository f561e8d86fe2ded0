import type { Services } from './core/services.ts';
import { startBulkRoles } from './resources/members/bulk-job.ts';
import { purgeInbox } from './sync/inbox/retention.ts';
import { startOutbox } from './sync/outbox/job.ts';
import { createRun, findRunning } from './sync/reconcile/run.ts';
import { startRunner } from './sync/reconcile/runner.ts';

const EVERY_5_S = 5_000;
const EVERY_6_H = 6 * 3_600_000;
const MONTHS_AHEAD = 3;
/** 03:17 UTC. */
const NIGHTLY = '17 3 * * *';

/** Starts the background jobs. Each may run on several instances concurrently. Returns a function that stops them. */
export function startJobs(services: Services): () => Promise<void> {
  const run = (name: string, job: () => Promise<unknown>) => () => {
    job().catch((error) => services.log.error({ err: error, job: name }, 'job failed'));
  };
  const sweep = run('webhook sweep', () => services.inbox.sweep());
  const purge = run('webhook purge', () => purgeInbox(services));
  run('bulk roles', () => startBulkRoles(services))();
  run('audit partitions', () => startPartitions(services))();
  purge();
  sweep();
  const timers = [setInterval(purge, EVERY_6_H), setInterval(sweep, EVERY_5_S)];
  const hasDirectory = services.identity.directory !== null;
  const stopRuns = hasDirectory ? startRunner(services) : undefined;
  if (hasDirectory) run('nightly sync', () => syncNightly(services))();
  const outbox = startOutbox(services).catch((error) => {
    services.log.error({ err: error, job: 'outbox' }, 'job failed');
    return () => undefined;
  });
  return async () => {
    timers.forEach(clearInterval);
    (await outbox)();
    await stopRuns?.();
  };
}

/** Creates the audit log's partitions ahead of time. */
async function startPartitions({ db, queue }: Services): Promise<void> {
  await queue.work('audit-partitions', () =>
    db.server.$queryRaw`SELECT ensure_audit_partitions(0, ${MONTHS_AHEAD}::int)::text`.then(() => undefined),
  );
  await queue.schedule('audit-partitions', NIGHTLY);
  await queue.send('audit-partitions', {}, { key: 'start' });
}

/** Reconciles every night, so that lost webhooks are repaired within a day. */
async function syncNightly(services: Services): Promise<void> {
  await services.queue.work('nightly-sync', async () => {
    if (await findRunning(services)) return;
    await createRun(services, { kind: 'reconcile', mode: 'repair', direction: 'pull' });
  });
  await services.queue.schedule('nightly-sync', NIGHTLY);
}
