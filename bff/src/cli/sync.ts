/**
 * `pnpm sync [--backfill] [--report] [--push]`: compares our copy with the identity provider, here and now, and repairs it. Goes on
 * with a run that stands still, and may be stopped and called again at any time.
 */
import 'database/generate';
import { parseArgs } from 'node:util';
import { runningDatabaseUrl } from 'database/server';
import pino from 'pino';

const { readConfig } = await import('../core/config.ts');
const { prepareDatabase } = await import('../prepare-database.ts');
const { createServices } = await import('../services.ts');
const { followRun } = await import('../sync/reconcile/runner.ts');
const { beginRun, findRunning } = await import('../sync/reconcile/run.ts');
const { progressLine, summaryLines } = await import('../sync/reconcile/format.ts');

const { values } = parseArgs({
  options: { backfill: { type: 'boolean' }, report: { type: 'boolean' }, push: { type: 'boolean' } },
});
const say = (line: string) => process.stdout.write(`${line}\n`);
const config = readConfig();

const running = config.databaseUrl ? null : await runningDatabaseUrl(config.dataDir).catch(() => null);
const database = running ? { ownerUrl: running, stop: async () => {} } : await prepareDatabase(config, say);
const services = createServices({
  config,
  ownerUrl: database.ownerUrl,
  log: pino({ level: config.logLevel }, pino.destination(2)),
  publicUrl: () => config.publicUrl ?? '',
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => services.stopping.abort());

try {
  process.exitCode = await sync();
} catch (error) {
  if (!services.stopping.signal.aborted) throw error;
  say('Stopped here. A server that runs goes on with it; so does the next `pnpm sync`');
  process.exitCode = 130;
} finally {
  await services.queue.stop();
  await services.db.close();
  await database.stop();
}

async function sync(): Promise<number> {
  if (!services.identity.directory) {
    process.stderr.write(`The identity provider "${services.identity.name}" has no list that we could compare with\n`);
    return 1;
  }
  const standing = await findRunning(services);
  if (standing) say(`Going on with the run ${standing}`);
  const id =
    standing ??
    (await beginRun(services, {
      kind: values.backfill ? 'backfill' : 'reconcile',
      mode: values.report ? 'report' : 'repair',
      direction: values.push ? 'push' : 'pull',
    }));
  const run = await followRun(services, id, { onProgress: (now) => tell(progressLine(now)) });
  if (process.stdout.isTTY) say('');
  for (const line of summaryLines(run)) say(line);
  return run.status === 'done' ? 0 : 1;
}

function tell(line: string): void {
  if (process.stdout.isTTY) process.stdout.write(`\r${line.padEnd(process.stdout.columns - 1)}`);
  else say(line);
}
