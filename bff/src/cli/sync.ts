/**
 * `pnpm sync [--backfill] [--report] [--push]`: compares our copy with the identity provider and repairs it. Resumes an
 * interrupted run, and can be stopped and started again at any time.
 */
import '@rolecall/prisma/generate';
import { parseArgs } from 'node:util';
import { runningDatabaseUrl } from '@rolecall/prisma/server';
import pino from 'pino';

const { readConfig } = await import('../core/config.ts');
const { databaseAddress } = await import('../db/connect/address.ts');
const { printLine } = await import('../core/print-line.ts');
const { prepareDatabase } = await import('../prepare-database.ts');
const { createServices } = await import('../services.ts');
const { followRun } = await import('../sync/reconcile/runner.ts');
const { createRun, findRunning } = await import('../sync/reconcile/run.ts');
const { progressLine, summaryLines } = await import('../sync/reconcile/format.ts');

const { values } = parseArgs({
  options: { backfill: { type: 'boolean' }, report: { type: 'boolean' }, push: { type: 'boolean' } },
});
const config = readConfig();

const running = config.databaseUrl ? null : await runningDatabaseUrl(config.dataDir).catch(() => null);
const database = running
  ? { ...databaseAddress(config, running), stop: async () => {} }
  : await prepareDatabase(config, printLine);
const services = await createServices({
  config,
  ownerUrl: database.ownerUrl,
  poolerUrl: database.poolerUrl,
  log: pino({ level: config.logLevel }, pino.destination(2)),
  publicUrl: () => config.publicUrl ?? '',
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => services.stopping.abort());

try {
  process.exitCode = await sync();
} catch (error) {
  if (!services.stopping.signal.aborted) throw error;
  printLine('Stopped. A running server or the next `pnpm sync` resumes this run.');
  process.exitCode = 130;
} finally {
  await services.queue.stop();
  await services.db.close();
  await database.stop();
}

async function sync(): Promise<number> {
  if (!services.identity.directory) {
    process.stderr.write(`The identity provider "${services.identity.name}" has no directory to reconcile with\n`);
    return 1;
  }
  const interrupted = await findRunning(services);
  if (interrupted) printLine(`Resuming run ${interrupted}`);
  const id =
    interrupted ??
    (await createRun(services, {
      kind: values.backfill ? 'backfill' : 'reconcile',
      mode: values.report ? 'report' : 'repair',
      direction: values.push ? 'push' : 'pull',
    }));
  const run = await followRun(services, id, { onProgress: (now) => printProgress(progressLine(now)) });
  if (process.stdout.isTTY) printLine('');
  for (const line of summaryLines(run)) printLine(line);
  return run.status === 'done' ? 0 : 1;
}

function printProgress(line: string): void {
  if (process.stdout.isTTY) process.stdout.write(`\r${line.padEnd(process.stdout.columns - 1)}`);
  else printLine(line);
}
