import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ServerProcess, startServerProcess } from '../testing/fixtures/server-process.ts';
import { DEMO_USERS } from './demo-data.ts';

let dataDir: string;
let demo: ServerProcess;
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'rolecall-demo-'));
  demo = await startServerProcess({ DATA_DIR: dataDir }, 'clerk-demo');
}, 180_000);
afterAll(async () => {
  await demo?.kill('SIGKILL');
  await rm(dataDir, { recursive: true, force: true });
});

const get = (path: string) => fetch(`${demo.url}${path}`);

it('starts the product in Clerk mode behind one origin and lists the demo accounts', async () => {
  for (let wait = 0; wait < 300 && !demo.output().includes('Ctrl-C'); wait++) await pause(100);
  for (const { email } of DEMO_USERS) expect(demo.output()).toContain(email);
  expect(await (await get('/')).text()).toContain('<div id="root">');
  const session = await (await get('/api/session-info')).json();
  expect(session).toMatchObject({ clerkProxyPath: '/__clerk' });
  expect((await get('/__clerk/v1/environment')).status).toBe(200);
  expect(demo.output()).not.toMatch(/"level":(?:50|60)/);
  expect(await demo.kill('SIGTERM')).toBe(0);
});
