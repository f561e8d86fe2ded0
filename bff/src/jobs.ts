import type { Services } from './http/context.ts';

const EVERY_5_S = 5_000;
const EVERY_6_H = 6 * 3_600_000;
const MONTHS_AHEAD = 3;

/** What the server does unasked. Each job may run on every instance at once. Answers how to stop. */
export function startJobs(services: Services): () => void {
  const run = (name: string, job: () => Promise<unknown>) => () => {
    job().catch((error) => services.log.error({ err: error, job: name }, 'job failed'));
  };
  const partitions = run(
    'audit partitions',
    () => services.db.server.$queryRaw`SELECT ensure_audit_partitions(0, ${MONTHS_AHEAD}::int)::text`,
  );
  const events = run('waiting webhook events', () => services.inbox.sweep());
  partitions();
  events();
  const timers = [setInterval(partitions, EVERY_6_H), setInterval(events, EVERY_5_S)];
  return () => timers.forEach(clearInterval);
}
