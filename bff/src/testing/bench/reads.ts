import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { percentile } from '../percentile.ts';
import type { Case } from './cases.ts';
import { load, type Sent } from './load.ts';

interface Ready {
  urls: Record<Target, string>;
  cookie: string;
  token: string;
  apiKey: string;
  cases: Case[];
}
interface Usage {
  serverUs: number;
  databaseUs: number;
  memory: number;
}
export type Target = 'local' | 'bearer' | 'bare';
export interface Measured {
  perSecond: number;
  p95: number;
  /** Processor time per request. */
  serverUs: number;
  databaseUs: number;
}
/** What each round measured of each case. */
export type Rounds = Map<string, Partial<Record<Target, Measured>>[]>;

export interface BenchServer extends Ready {
  startMs: number;
  usage(): Promise<Usage>;
  stop(): Promise<void>;
}

/** Starts the servers of the benchmark on a data folder, which `isReused` when an earlier start has filled it. */
export async function startBenchServer(
  dataDir: string,
  size: number,
  { isReused = false, profileDir = '' } = {},
): Promise<BenchServer> {
  const started = performance.now();
  const profile = profileDir ? ['--cpu-prof', `--cpu-prof-dir=${profileDir}`] : [];
  const child = spawn(process.execPath, [...profile, join(import.meta.dirname, 'reads-server.ts')], {
    env: { ...process.env, DATA_DIR: dataDir, BENCH_SIZE: String(size), BENCH_REUSED: String(isReused) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ready = await readyLine(child);
  return {
    ...ready,
    startMs: performance.now() - started,
    usage: async () => (await fetch(`${ready.urls.bare}/usage`)).json() as Promise<Usage>,
    stop: async () => {
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}

function readyLine(child: ChildProcess): Promise<Ready> {
  let output = '';
  return new Promise((resolve, reject) => {
    child.stdout?.on('data', (chunk: Buffer) => {
      output += chunk;
      const found = /^ready (.*)\n/m.exec(output)?.[1];
      if (found) resolve(JSON.parse(found) as Ready);
    });
    child.once('exit', (code) => reject(new Error(`the server of the benchmark exited with ${code}`)));
  });
}

/** Measures every case in rounds, in each of them all targets one after the other. */
export async function measure(
  server: BenchServer,
  { cases, rounds, seconds, connections, targets }: Plan,
  onRound: (round: number) => void = () => undefined,
): Promise<Rounds> {
  const measured: Rounds = new Map();
  const at = new Map<Case, string>();
  for (const each of cases) at.set(each, await pathOf(server, each));
  for (let round = 0; round < rounds; round++) {
    const order = round % 2 === 0 ? targets : targets.toReversed();
    for (const each of cases) {
      const result = await measureCase(server, each, at.get(each) ?? '', { order, seconds, connections });
      measured.set(each.name, [...(measured.get(each.name) ?? []), result]);
    }
    onRound(round + 1);
  }
  return measured;
}

async function measureCase(
  server: BenchServer,
  each: Case,
  path: string,
  { order, seconds, connections }: { order: Target[]; seconds: number; connections: number },
): Promise<Partial<Record<Target, Measured>>> {
  const result: Partial<Record<Target, Measured>> = {};
  for (const target of order) {
    if (target === 'bare' ? !each.bare : each.byKey && target === 'bearer') continue;
    const before = await server.usage();
    const got = await load(sentTo(server, target, each, path), { seconds, connections });
    const after = await server.usage();
    const count = got.took.length;
    result[target] = {
      perSecond: count / got.seconds,
      p95: percentile(got.took, 0.95),
      serverUs: (after.serverUs - before.serverUs) / count,
      databaseUs: (after.databaseUs - before.databaseUs) / count,
    };
  }
  return result;
}

interface Plan {
  cases: Case[];
  rounds: number;
  seconds: number;
  connections: number;
  targets: Target[];
}

/** Returns the next request of a case, whose bodies take turns. */
function sentTo(server: BenchServer, target: Target, each: Case, path: string): () => Sent {
  const { urls, cookie, token, apiKey, cases } = server;
  const { method, byKey } = each;
  const proof: Record<string, string> = byKey
    ? { authorization: `Bearer ${apiKey}` }
    : target === 'local'
      ? { cookie, origin: 'http://127.0.0.1:3000' }
      : { authorization: `Bearer ${token}` };
  const url = target === 'bare' ? `${urls.bare}/cases/${cases.indexOf(each)}` : urls[target] + path;
  const headers = { 'content-type': 'application/json', ...(target === 'bare' ? {} : proof) };
  const bodies = (each.bodies ?? []).map((body) => JSON.stringify(body));
  let turn = 0;
  return () => ({ url, method, headers, body: bodies[turn++ % bodies.length] });
}

/** The path of a case; of a later page, by walking to it. */
async function pathOf({ urls, cookie }: BenchServer, { path, pages = 0 }: Case): Promise<string> {
  let cursor = '';
  for (let page = 0; page < pages; page++) {
    const answer = await fetch(`${urls.local}${path}${cursor}`, { headers: { cookie } });
    const { page: info } = (await answer.json()) as { page?: { nextCursor: string | null } };
    if (!info?.nextCursor) break;
    cursor = `&cursor=${info.nextCursor}`;
  }
  return path + cursor;
}
