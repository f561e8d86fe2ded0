/** `pnpm bench`: the product beside a bare server, as README.md of the tests explains. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { printLine } from '../../core/print-line.ts';
import { knob } from '../knobs.ts';
import { median } from '../percentile.ts';
import { planTenants } from './data.ts';
import { type BenchServer, type Measured, measure, type Rounds, startBenchServer, type Target } from './reads.ts';

const ROUNDS = knob('BENCH_ROUNDS');
const SECONDS = knob('BENCH_SECONDS');
const SIZE = knob('BENCH_SIZE');
const CONNECTIONS = 16;
const isProfiled = process.argv.includes('--profile');
const profileDir = isProfiled ? resolve('profiles') : '';

const sorted = (values: number[]) => values.toSorted((one, other) => one - other);

const dataDir = await mkdtemp(join(tmpdir(), 'rolecall-bench-'));
let server: BenchServer | undefined;
try {
  const tenants = planTenants(SIZE);
  printLine(
    `${SIZE} users, ${tenants.length} tenants of up to ${tenants[0]?.members} members, ${SIZE * 15} events; load ${loadavg()[0]?.toFixed(1)}`,
  );
  server = await startBenchServer(dataDir, SIZE);
  printLine(`generated in ${(server.startMs / 1000).toFixed(0)} s`);
  await server.stop();
  server = await startBenchServer(dataDir, SIZE, { isReused: true, profileDir });
  const idle = (await server.usage()).memory;
  const plan = { cases: server.cases, seconds: SECONDS, connections: CONNECTIONS } as const;
  await measure(server, { ...plan, rounds: 1, seconds: 0.2, targets: ['local', 'bearer', 'bare'] });
  const rounds = await measure(server, { ...plan, rounds: ROUNDS, targets: ['local', 'bearer', 'bare'] }, (round) =>
    printLine(`round ${round} of ${ROUNDS}`),
  );
  report(rounds);
  await reportServer(server, idle);
} finally {
  await server?.stop();
  await rm(dataDir, { recursive: true, force: true });
}
await ingestion();
if (isProfiled) printLine(`CPU profiles: ${profileDir}`);

/** Ratios to the bare server of the same round, and processor time per request. */
function report(rounds: Rounds): void {
  printLine(`\n${'ratio to bare, median (minimum to maximum)'.padEnd(30)}`);
  printLine(
    `${''.padEnd(30)} ${'session'.padEnd(19)} ${'bearer'.padEnd(19)} ${'/s'.padStart(6)} ${'p95'.padStart(7)}   ms of server and database (bare)`,
  );
  for (const [name, results] of rounds) {
    const of = (target: Target) => results.map((result) => result[target]).filter((each) => each !== undefined);
    const ratio = (target: Target) => {
      const ratios = results.flatMap(({ [target]: ours, bare }) =>
        ours && bare ? [ours.perSecond / bare.perSecond] : [],
      );
      if (ratios.length === 0) return '-'.padEnd(19);
      const [least = 0, ...rest] = sorted(ratios);
      return `${median(ratios).toFixed(2)} (${least.toFixed(2)} to ${(rest.at(-1) ?? least).toFixed(2)})`.padEnd(19);
    };
    const ms = (all: Measured[], key: 'serverUs' | 'databaseUs') =>
      (median(all.map((each) => each[key])) / 1000).toFixed(2);
    const cpu = (all: Measured[]) => `${ms(all, 'serverUs')} + ${ms(all, 'databaseUs')}`;
    const [local, bare] = [of('local'), of('bare')];
    printLine(
      `${name.padEnd(30)} ${ratio('local')} ${ratio('bearer')} ${median(local.map(({ perSecond }) => perSecond))
        .toFixed(0)
        .padStart(6)} ${median(local.map(({ p95 }) => p95))
        .toFixed(1)
        .padStart(7)}   ${cpu(local)}${bare.length > 0 ? ` (${cpu(bare)})` : ''}`,
    );
  }
}

/** Both products and the bare server are one process, which is more than the product takes alone. */
async function reportServer({ startMs, usage }: BenchServer, idle: number): Promise<void> {
  const { memory } = await usage();
  const mb = (bytes: number) => `${(bytes / 1_000_000).toFixed(0)} MB`;
  printLine(
    `\nstart with this database ${(startMs / 1000).toFixed(1)} s; memory ${mb(idle)} idle, ${mb(memory)} under load`,
  );
}

/** Webhooks of the identity provider, beside the handler that most apps write. */
async function ingestion(): Promise<void> {
  printLine('\ningestion of webhooks');
  const child = spawn(process.execPath, [join(import.meta.dirname, 'ingestion.ts')], { stdio: 'inherit' });
  const [code] = await once(child, 'exit');
  if (code !== 0) process.exitCode = 1;
}
