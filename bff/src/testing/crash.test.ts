import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type ServerProcess, startServerProcess } from './fixtures/server-process.ts';

const PASSWORD = 'rolecall-demo';
const KILLS = 3;
const WRITERS = 8;
const ACKNOWLEDGED_PER_KILL = 11;

let dataDir: string;
let server: ServerProcess;
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'rolecall-crash-'));
  server = await startServerProcess({ DATA_DIR: dataDir, LOG_LEVEL: 'error' });
});
afterAll(async () => {
  await server.kill('SIGKILL');
  server = await startServerProcess({ DATA_DIR: dataDir, LOG_LEVEL: 'error' });
  expect(await server.kill('SIGTERM'), 'an orderly stop').toBe(0);
  await rm(dataDir, { recursive: true, force: true });
});

interface Tenant {
  id: string;
  name: string;
  version: number;
}

async function signIn() {
  const headers = { 'content-type': 'application/json', origin: server.url };
  const response = await fetch(`${server.url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ email: 'owner@acme.test', password: PASSWORD }),
  });
  const cookie = response.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
  const get = async (path: string) => (await fetch(`${server.url}${path}`, { headers: { cookie } })).json();
  const { memberships } = (await get('/api/me')) as { memberships: { tenantId: string; slug: string }[] };
  const acme = `/api/admin/tenants/${memberships.find(({ slug }) => slug === 'acme')?.tenantId}`;
  const rename = (name: string) =>
    fetch(`${server.url}${acme}`, { method: 'PATCH', headers: { ...headers, cookie }, body: JSON.stringify({ name }) });
  const renames = async () => {
    const found: { before: { name: string }; after: { name: string }; requestId: string }[] = [];
    for (let cursor = ''; ; ) {
      const { data, page } = (await get(`${acme}/audit-logs?action=tenant.updated&limit=100${cursor}`)) as {
        data: typeof found;
        page: { nextCursor: string | null };
      };
      found.push(...data);
      if (!page.nextCursor) return found;
      cursor = `&cursor=${page.nextCursor}`;
    }
  };
  return { rename, renames, tenant: () => get(acme) as Promise<Tenant> };
}

describe('kill -9 during changes', () => {
  it('leaves no change without its audit row, nor the reverse', async () => {
    const first = await signIn();
    const versionBefore = (await first.tenant()).version - (await first.renames()).length;
    const acknowledged: string[] = [];

    for (let kill = 0; kill < KILLS; kill++) {
      const { rename } = await signIn();
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
      server = await startServerProcess({ DATA_DIR: dataDir, LOG_LEVEL: 'error' });
    }

    const after = await signIn();
    const [tenant, renames] = [await after.tenant(), await after.renames()];
    expect(acknowledged.length).toBeGreaterThan(20);
    expect(tenant.version - renames.length).toBe(versionBefore);
    expect(renames[0]?.after.name).toBe(tenant.name);
    for (const [index, event] of renames.slice(0, -1).entries())
      expect(event.before.name).toBe(renames[index + 1]?.after.name);
    const recorded = new Set(renames.map(({ requestId }) => requestId));
    expect(acknowledged.filter((requestId) => !recorded.has(requestId))).toEqual([]);
  });
});
