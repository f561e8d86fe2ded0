import { mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { printLine } from '../../core/print-line.ts';
import { expectRenamesAudited, signInToDemo, unauditedVersions } from '../fixtures/demo-session.ts';
import { type ServerProcess, startServerProcess } from '../fixtures/server-process.ts';
import { isKnobSet, knob } from '../knobs.ts';
import { median } from '../percentile.ts';

const KILLS = knob('TEST_CRASHES');
const WRITERS = 8;
const ACKNOWLEDGED_PER_KILL = 11;
/** By hand the promise; otherwise what is no accident on a busy machine. */
const READY_WITHIN_MS = isKnobSet('TEST_CRASHES') ? 5_000 : 30_000;

let dataDir: string;
let server: ServerProcess;
const start = () => startServerProcess({ DATA_DIR: dataDir, LOG_LEVEL: 'error', RATE_LIMITS: 'false' });
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'rolecall-crash-'));
  server = await start();
});
afterAll(async () => {
  expect(await server.kill('SIGTERM'), 'an orderly stop').toBe(0);
  await rm(dataDir, { recursive: true, force: true });
});

describe('kill -9 during changes', () => {
  it(
    'leaves no change without its audit row, nor the reverse, and a server that is soon ready',
    async () => {
      const unaudited = await unauditedVersions(await signInToDemo(server.url));
      const acknowledged: string[] = [];
      const readyAfter: number[] = [];

      for (let kill = 0; kill < KILLS; kill++) {
        const { rename } = await signInToDemo(server.url);
        let isUp = true;
        const write = async (writer: number) => {
          for (let turn = 0; isUp; turn++) {
            const response = await rename(`Acme ${kill}-${writer}-${turn}`).catch(() => null);
            if (response?.status === 200) acknowledged.push(response.headers.get('x-request-id') ?? '');
          }
        };
        const writers = Array.from({ length: WRITERS }, (_, writer) => write(writer));
        const enough = acknowledged.length + ACKNOWLEDGED_PER_KILL;
        await vi.waitUntil(() => acknowledged.length >= enough, { timeout: 60_000 });
        await new Promise((resume) => setTimeout(resume, Math.random() * 500));
        await server.kill('SIGKILL');
        isUp = false;
        await Promise.all(writers);
        const startedAt = performance.now();
        server = await start();
        readyAfter.push(performance.now() - startedAt);
      }

      const readyMs = median(readyAfter);
      printLine(
        `${KILLS} times kill -9: ready after ${Math.round(readyMs)} ms (median), ` +
          `at most ${Math.round(Math.max(...readyAfter))} ms, load ${loadavg()[0]?.toFixed(1)}`,
      );
      expect(acknowledged.length).toBeGreaterThan(20);
      await expectRenamesAudited(await signInToDemo(server.url), { unaudited, acknowledged });
      expect(readyMs).toBeLessThan(READY_WITHIN_MS);
    },
    60_000 + KILLS * 60_000,
  );
});
