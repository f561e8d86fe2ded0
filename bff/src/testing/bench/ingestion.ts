import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { svixSigner } from '../../clerk-stub/webhooks/delivery.ts';
import { clerkUser } from '../fixtures/clerk-webhooks.ts';
import { knob } from '../knobs.ts';
import { median, percentile } from '../percentile.ts';
import { load } from './load.ts';

const ROUNDS = knob('BENCH_ROUNDS');
const SECONDS = knob('BENCH_SECONDS');
const CONCURRENCY = knob('BENCH_CONCURRENCY');
const BODY_BYTES = 840;
/** Messages signed before the clock starts; more are signed as needed. */
const PREPARED = 2_000 * SECONDS;

interface Message {
  body: string;
  headers: Record<string, string>;
}
interface Result {
  perSecond: number;
  /** Processor time per event of the server and of the database. */
  serverUs: number;
  databaseUs: number;
  p50: number;
  p99: number;
}

const secret = `whsec_${randomBytes(24).toString('base64')}`;
const sign = svixSigner(secret);

/** Prepares user.created and user.updated events, half each. */
function prepare(count: number): Message[] {
  const messages: Message[] = [];
  for (let index = 0; index < count / 2; index++) {
    const user = { ...clerkUser({ private_metadata: null }), bio: '' };
    const write = (type: string, data: object): Message => {
      const envelope = { object: 'event', type, instance_id: 'ins_bench', timestamp: 1_716_883_200, data };
      const missing = Math.max(0, BODY_BYTES - JSON.stringify(envelope).length);
      const body = JSON.stringify({ ...envelope, data: { ...data, bio: 'x'.repeat(missing) } });
      return { body, headers: sign(`msg_${randomBytes(12).toString('hex')}`, body) };
    };
    messages.push(write('user.created', user));
    messages.push(write('user.updated', { ...user, last_name: 'Byron', updated_at: user.updated_at + 1000 }));
  }
  return messages;
}

/** Sends events with `CONCURRENCY` in flight for the given time, and measures until all are applied. */
async function round(url: string, totals: () => Promise<Totals>, counted: 'events' | 'upserts'): Promise<Result> {
  const messages = prepare(PREPARED);
  let at = 0;
  const next = () => {
    if (at === messages.length) messages.push(...prepare(100));
    const { body, headers } = messages[at++] as Message;
    return { url, method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body };
  };
  const before = await totals();
  const started = performance.now();
  const { took } = await load(next, { seconds: SECONDS, connections: CONCURRENCY });
  const after = await totals();
  const seconds = (performance.now() - started) / 1000;
  const count = after[counted] - before[counted];
  return {
    perSecond: count / seconds,
    serverUs: (after.serverCpuUs - before.serverCpuUs) / count,
    databaseUs: (after.databaseCpuUs - before.databaseCpuUs) / count,
    p50: median(took),
    p99: percentile(took, 0.99),
  };
}

interface Totals {
  events: number;
  audited: number;
  upserts: number;
  serverCpuUs: number;
  databaseCpuUs: number;
}

const line = (name: string, { perSecond, serverUs, databaseUs, p50, p99 }: Result) =>
  `${name} ${perSecond.toFixed(0).padStart(5)}/s, acknowledged p50 ${p50.toFixed(1)} p99 ${p99.toFixed(1)} ms, cpu server ${serverUs.toFixed(0)} + database ${databaseUs.toFixed(0)} us`;
const printResult = (title: string, { ours, naive }: { ours: Result; naive: Result }) =>
  process.stdout.write(
    `${title.padEnd(8)} ratio ${(ours.perSecond / naive.perSecond).toFixed(2)}   ${line('ours', ours)}   ${line('naive', naive)}\n`,
  );

/** Measures events per second, alternating between the product and the naive handler in one process. */
const child = spawn(process.execPath, [join(import.meta.dirname, 'ingestion-server.ts')], {
  env: { ...process.env, BENCH_SECRET: secret },
  stdio: ['ignore', 'pipe', 'inherit'],
});
try {
  const base = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      const found = /ready (\S+)/.exec(String(chunk))?.[1];
      if (found) resolve(found);
    });
    child.once('exit', (code) => reject(new Error(`the server exited with ${code}`)));
  });
  const totals = async () =>
    (await (await fetch(`${base}/applied`, { headers: { connection: 'close' } })).json()) as Totals;
  const ours = () => round(`${base}/api/webhooks/clerk`, totals, 'events');
  const naive = () => round(`${base}/naive`, totals, 'upserts');
  await ours();
  await naive();
  const results: { ours: Result; naive: Result }[] = [];
  for (let turn = 0; turn < ROUNDS; turn++) {
    const first = turn % 2 === 0 ? await ours() : await naive();
    const second = turn % 2 === 0 ? await naive() : await ours();
    const result = turn % 2 === 0 ? { ours: first, naive: second } : { ours: second, naive: first };
    results.push(result);
    printResult(`round ${turn + 1}`, result);
  }
  const keys = ['perSecond', 'serverUs', 'databaseUs', 'p50', 'p99'] as const;
  const medians = (all: Result[]) =>
    Object.fromEntries(keys.map((key) => [key, median(all.map((one) => one[key]))])) as unknown as Result;
  printResult('median', {
    ours: medians(results.map((one) => one.ours)),
    naive: medians(results.map((one) => one.naive)),
  });
  const { events, audited } = await totals();
  process.stdout.write(`${events} events applied, ${audited} audit rows\n`);
} finally {
  child.kill('SIGTERM');
}
