/** `pnpm bench:web`: the console beside a stock Refine and antd app, both cold, on a slow network and a slow processor. */
import { mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { BrowserContext } from 'playwright-core';
import { printLine } from '../../../bff/src/core/print-line.ts';
import { startServerProcess } from '../../../bff/src/testing/fixtures/server-process.ts';
import { launchBrowser } from '../browser.ts';
import { DEMO_PASSWORD, signIn } from '../product.ts';

const ROUNDS = 5;
const MBIT = 1_000_000 / 8;
const NETWORK = { offline: false, latency: 40, downloadThroughput: 10 * MBIT, uploadThroughput: 10 * MBIT };
const SLOWER = { rate: 4 };

/** Where a measurement starts and what has to be on the page at its end. */
const pages = {
  'sign-in at /': { path: '/', until: 'input[type="password"]' },
  'sign-in at /sign-in': { path: '/sign-in', until: 'input[type="password"]' },
  'first list': { path: '/t/acme/members', until: '.row-link', isSignedIn: true },
  'stock: sign-in at /': { path: '/stock', until: 'input[type="password"]' },
  'stock: sign-in at /login': { path: '/stock/login', until: 'input[type="password"]' },
  'stock: first list': { path: '/stock/members', until: '.ant-table-row', isSignedIn: true },
};
type Name = keyof typeof pages;
type Measure = { ms: number; kB: number };

const dataDir = await mkdtemp(join(tmpdir(), 'rolecall-bench-'));
const server = await startServerProcess({ DATA_DIR: dataDir, DEMO_PASSWORD, LOG_LEVEL: 'error' }, 'bench');
const browser = await launchBrowser();
const names = Object.keys(pages) as Name[];
const measured = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<Name, Measure[]>;
try {
  const { cookie } = await signIn(server.url, 'owner@acme.test');
  for (let round = 0; round < ROUNDS; round++) {
    for (const name of names) {
      const context = await browser.newContext({ locale: 'en-GB' });
      if ('isSignedIn' in pages[name]) await context.addCookies([cookie]);
      measured[name].push(await load(context, pages[name]));
      await context.close();
    }
  }
} finally {
  await browser.close();
  await server.kill('SIGTERM');
  await rm(dataDir, { recursive: true, force: true });
}
report();

/** Opens a page with an empty cache, until the element is painted and the page reacts to input. */
async function load(context: BrowserContext, { path, until }: { path: string; until: string }): Promise<Measure> {
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await devtools.send('Network.emulateNetworkConditions', NETWORK);
  await devtools.send('Emulation.setCPUThrottlingRate', SLOWER);
  const scripts = new Map<string, Promise<Buffer>>();
  page.on('response', (response) => {
    if (response.request().resourceType() === 'script') scripts.set(response.url(), response.body());
  });
  await page.addInitScript((selector) => {
    const usable = new Promise<number>((done) => {
      const observer = new MutationObserver(() => {
        if (!document.querySelector(selector)) return;
        observer.disconnect();
        requestAnimationFrame(() => setTimeout(() => done(performance.now())));
      });
      observer.observe(document, { childList: true, subtree: true });
    });
    Object.assign(window, { usable });
  }, until);
  await page.goto(server.url + path, { waitUntil: 'commit' });
  const ms = await page.evaluate(() => (window as unknown as { usable: Promise<number> }).usable);
  await page.waitForLoadState('networkidle').catch(() => undefined);
  const bodies = await Promise.all(scripts.values());
  return { ms, kB: bodies.reduce((sum, body) => sum + gzipSync(body, { level: 9 }).length, 0) / 1000 };
}

function median(name: Name, unit: keyof Measure): number {
  const sorted = measured[name].map((each) => each[unit]).sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

function report() {
  printLine(`Cold, 10 Mbit/s, 40 ms, 4x CPU, median of ${ROUNDS}; load ${loadavg()[0]?.toFixed(1)}\n`);
  for (const name of names) {
    const all = measured[name].map(({ ms }) => ms.toFixed(0)).join(' ');
    printLine(
      `${name.padEnd(26)} ${median(name, 'ms').toFixed(0).padStart(6)} ms ${median(name, 'kB').toFixed(1).padStart(7)} kB   (${all})`,
    );
  }
  const atRoot = median('sign-in at /', 'ms');
  const list = median('first list', 'ms');
  const limits: [string, number, number][] = [
    ['ms to sign-in at /', atRoot, 700],
    ['ms to sign-in at /sign-in', median('sign-in at /sign-in', 'ms'), 700],
    ['ms to the first list', list, 2_200],
    ['of the stock time to sign-in', atRoot / median('stock: sign-in at /', 'ms'), 0.5],
    ['of the stock JavaScript at the first list', median('first list', 'kB') / median('stock: first list', 'kB'), 0.8],
  ];
  printLine('');
  for (const [what, value, limit] of limits) {
    const shown = value < 10 ? value.toFixed(2) : value.toFixed(0);
    printLine(`${value <= limit ? 'met   ' : 'MISSED'} ${shown} ${what}, limit ${limit}`);
    if (value > limit) process.exitCode = 1;
  }
}
