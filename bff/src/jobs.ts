import type { Services } from './core/services.ts';
import { startBulkRoles } from './resources/members/bulk-job.ts';
import { purgeInbox } from './sync/inbox/retention.ts';
import { startOutbox } from './sync/outbox/job.ts';
import { createRun, findRunning } from './sync/reconcile/run.ts';
import { startRunner } from './sync/reconcile/runner.ts';

const EVERY_5_S = 5_000;
const EVERY_6_H = 6 * 3_600_000;
const MONTHS_AHEAD = 3;
/** When few people work, wherever they are. */
const AT_NIGHT = '17 3 * * *';

/** What the server does unasked. Each job may run on every instance at once. Answers how to stop, once it is said to be stopping. */
export function startJobs(services: Services): () => Promise<void> {
  const run = (name: string, job: () => Promise<unknown>) => () => {
    job().catch((error) => services.log.error({ err: error, job: name }, 'job failed'));
  };
  const events = run('waiting webhook events', () => services.inbox.sweep());
  const tidy = run('old webhook events', () => purgeInbox(services));
  run('bulk roles', () => startBulkRoles(services))();
  run('audit partitions', () => startPartitions(services))();
  tidy();
  events();
  const timers = [setInterval(tidy, EVERY_6_H), setInterval(events, EVERY_5_S)];
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

/** The log has a place for each month before it begins. */
async function startPartitions({ db, queue }: Services): Promise<void> {
  await queue.work('audit-partitions', () =>
    db.server.$queryRaw`SELECT ensure_audit_partitions(0, ${MONTHS_AHEAD}::int)::text`.then(() => undefined),
  );
  await queue.schedule('audit-partitions', AT_NIGHT);
  await queue.send('audit-partitions', {}, { key: 'start' });
}

/** Whatever was lost on the way is found within a day. */
async function syncNightly(services: Services): Promise<void> {
  await services.queue.work('nightly-sync', async () => {
    if (await findRunning(services)) return;
    await createRun(services, { kind: 'reconcile', mode: 'repair', direction: 'pull' });
  });
  await services.queue.schedule('nightly-sync', AT_NIGHT);
}
