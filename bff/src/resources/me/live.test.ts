import type { Server } from 'node:http';
import { connect } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { getRequestListener } from '@hono/node-server';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createApp } from '../../app.ts';
import { closeServer, httpServer, listen as startListening } from '../../http/listen/listen.ts';
import { aMember, aTenant, aUser, type TestTenant, type TestUser } from '../../testing/fixtures/builders.ts';
import { type Harness, ORIGIN, startHarness } from '../../testing/fixtures/harness.ts';

/** Two server instances on one database: one serves the stream, changes are made on the other. */
let here: Harness;
let there: Harness;
let server: Server;
let address: string;
let owner: TestUser;
let tenant: TestTenant;

beforeAll(async () => {
  [here, there] = await Promise.all([startHarness(), startHarness()]);
  server = httpServer(getRequestListener(createApp(here.services).fetch));
  address = await startListening(server, { host: '127.0.0.1', port: 0 });
  owner = await aUser(there);
  tenant = await aTenant(there, { owner });
});
afterAll(async () => {
  here.services.stopping.abort();
  await closeServer(server);
  await Promise.all([here.close(), there.close()]);
});

interface TestStream {
  versions: string[];
  /** The changed lists of each event. */
  lists: string[][];
  isOpen(): boolean;
  close(): void;
}

async function openStream(user: TestUser, headers: Record<string, string> = {}): Promise<TestStream> {
  const { version } = (await user.call('GET', '/api/me')).body;
  const abort = new AbortController();
  onTestFinished(() => abort.abort());
  const answer = await fetch(`${address}/api/events?version=${version}`, {
    headers: { cookie: user.cookie, origin: ORIGIN, ...headers },
    signal: abort.signal,
  });
  expect(answer.headers.get('content-type')).toBe('text/event-stream');
  const versions: string[] = [];
  const lists: string[][] = [];
  let isOpen = true;
  const read = async () => {
    let text = '';
    for await (const chunk of answer.body ?? []) {
      text += Buffer.from(chunk).toString();
      const events = text.split('\n\n');
      text = events.pop() ?? '';
      for (const event of events) {
        const [, name, data = ''] = /^event: (.*)\ndata: (.*)$/m.exec(event) ?? [];
        if (name === 'me') versions.push(JSON.parse(data).version);
        if (name === 'lists') lists.push(JSON.parse(data).changed);
      }
    }
  };
  read()
    .catch(() => undefined)
    .finally(() => {
      isOpen = false;
    });
  await expect.poll(() => here.services.db.notices.listenerCount('tenant_changed')).toBeGreaterThan(0);
  return { versions, lists, isOpen: () => isOpen, close: () => abort.abort() };
}

const aListener = async (roleKey?: string) => {
  const user = await aUser(there);
  const memberId = roleKey ? await aMember(there, tenant, user, roleKey) : '';
  return { user, memberId, ...(await openStream(user)) };
};
const meVersion = async (user: TestUser) => (await user.call('GET', '/api/me')).body.version;
/** As the stream waits. */
const LISTS_MS = 600;
const soon = { timeout: 2_000, interval: 20 };

describe('GET /api/events', () => {
  it('notifies the user within two seconds of a change on another instance', async () => {
    const [mia, bystander] = [await aListener('member'), await aListener('member')];
    const answer = await owner.call('PATCH', `${tenant.path}/members/${mia.memberId}`, {
      roles: [{ roleId: tenant.roleId('admin') }],
    });
    expect(answer.status).toBe(200);
    await expect.poll(() => mia.versions, soon).toEqual([await meVersion(mia.user)]);

    await owner.call('PATCH', `${tenant.path}/members/${mia.memberId}`, { status: 'suspended' });
    await expect.poll(() => mia.versions.at(-1), soon).toBe(await meVersion(mia.user));
    expect(mia.versions).toHaveLength(2);
    expect(bystander.versions).toEqual([]);
  });

  it('notifies all holders of a changed role', async () => {
    const made = await owner.call('POST', `${tenant.path}/roles`, { name: 'Reader', permissions: ['members:read'] });
    expect(made.status, JSON.stringify(made.body)).toBe(201);
    const holder = await aListener('member');
    await owner.call('PATCH', `${tenant.path}/members/${holder.memberId}`, { roles: [{ roleId: made.body.id }] });
    await expect.poll(() => holder.versions, soon).toHaveLength(1);
    const edited = await owner.call(
      'PATCH',
      `${tenant.path}/roles/${made.body.id}`,
      { permissions: ['members:read', 'audit:read'] },
      { 'if-match': made.headers.get('etag') ?? '' },
    );
    expect(edited.status, JSON.stringify(edited.body)).toBe(200);
    await expect.poll(() => holder.versions.at(-1), soon).toBe(await meVersion(holder.user));
    expect(holder.versions).toHaveLength(2);
  });

  it('notifies a user who became a member', async () => {
    const stranger = await aListener();
    await aMember(there, tenant, stranger.user, 'member');
    await expect.poll(() => stranger.versions, soon).toEqual([await meVersion(stranger.user)]);
  });

  it('sends missed changes on reconnect, and nothing already known', async () => {
    const { user } = await aListener('member');
    const back = await openStream(user, { 'last-event-id': 'an-older-version' });
    await expect.poll(() => back.versions, soon).toEqual([await meVersion(user)]);
  });

  it('names the lists of a change to those who may read them', async () => {
    const neighbour = await aUser(there);
    await aTenant(there, { owner: neighbour });
    const [reader, member, stranger] = [
      await openStream(owner),
      await aListener('member'),
      await openStream(neighbour),
    ];
    await owner.call('POST', `${tenant.path}/roles`, { name: 'Seen by readers', permissions: ['members:read'] });
    const paths = (...names: string[]) => names.map((name) => `${tenant.path.replace('/api/admin/', '')}/${name}`);
    await expect.poll(() => reader.lists.flat().sort(), soon).toEqual(paths('audit-logs', 'members', 'roles'));
    await expect.poll(() => member.lists.flat().sort(), soon).toEqual(paths('members', 'roles'));
    expect(stranger.lists).toEqual([]);
  });

  it('names no list of the change that took the permission to read it', async () => {
    const [reader, admin] = [await openStream(owner), await aListener('admin')];
    await owner.call('PATCH', `${tenant.path}/members/${admin.memberId}`, { roles: [] });
    await expect.poll(() => [reader.lists.length, admin.versions.length], soon).toEqual([1, 1]);
    await setTimeout(1_000);
    expect(admin.lists).toEqual([]);
  });

  it('sends one event for a burst of changes', async () => {
    const reader = await openStream(owner);
    const started = performance.now();
    await Promise.all(
      Array.from({ length: 10 }, (_, at) =>
        owner.call('POST', `${tenant.path}/roles`, { name: `Burst ${at}`, permissions: [] }),
      ),
    );
    // On a busy machine it is no burst: then one for each time that the stream waits for more.
    const windows = Math.floor((performance.now() - started) / LISTS_MS);
    await expect.poll(() => reader.lists.length, soon).toBeGreaterThan(0);
    await setTimeout(1_000);
    expect(reader.lists.length).toBeLessThanOrEqual(2 + windows);
  });

  it('ends when the session ends', async () => {
    const mia = await aListener('member');
    await owner.call('PATCH', `${tenant.path}/members/${mia.memberId}`, {
      roles: [{ roleId: tenant.roleId('admin') }],
    });
    await expect.poll(() => mia.versions, soon).toHaveLength(1);
    await mia.user.call('POST', '/api/auth/sign-out', {});
    await owner.call('PATCH', `${tenant.path}/members/${mia.memberId}`, { roles: [] });
    await expect.poll(() => mia.isOpen(), soon).toBe(false);
    expect(mia.versions).toHaveLength(1);
  });

  it('removes its listener when the client disconnects', async () => {
    const { notices } = here.services.db;
    await expect.poll(() => notices.listenerCount('tenant_changed'), soon).toBe(0);
    const streams = await Promise.all([aListener(), aListener(), aListener()]);
    await expect.poll(() => notices.listenerCount('tenant_changed'), soon).toBe(3);
    for (const each of streams) each.close();
    await expect.poll(() => notices.listenerCount('tenant_changed'), soon).toBe(0);
  });

  it('limits the number of streams per user', async () => {
    const user = await aUser(there);
    for (let count = 0; count < 20; count++) await openStream(user);
    const answer = await fetch(`${address}/api/events`, { headers: { cookie: user.cookie } });
    expect(await answer.json()).toMatchObject({ code: 'rate_limited' });
  });

  it('answers HEAD without opening a stream', async () => {
    const user = await aUser(there);
    for (let count = 0; count < 25; count++) {
      const answer = await fetch(`${address}/api/events`, { method: 'HEAD', headers: { cookie: user.cookie } });
      expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/event-stream']);
    }
    for (let count = 0; count < 20; count++) await openStream(user);
    expect((await fetch(`${address}/api/events`, { method: 'HEAD' })).status).toBe(401);
  });

  it('gives the place of a client back that leaves before, during or after the answer', async () => {
    const user = await aUser(there);
    const leave = async (afterMs: number) => {
      const socket = connect(Number(new URL(address).port), '127.0.0.1');
      socket.write(`GET /api/events HTTP/1.1\r\nHost: ${new URL(address).host}\r\nCookie: ${user.cookie}\r\n\r\n`);
      await setTimeout(afterMs);
      socket.destroy();
    };
    for (let afterMs = 0; afterMs < 40; afterMs++) await leave(afterMs);
    const places = async () => {
      const abort = new AbortController();
      const answers = await Promise.all(
        Array.from({ length: 20 }, () =>
          fetch(`${address}/api/events`, { headers: { cookie: user.cookie }, signal: abort.signal }),
        ),
      );
      abort.abort();
      return answers.filter(({ status }) => status === 200).length;
    };
    await expect.poll(places, { timeout: 5_000, interval: 100 }).toBe(20);
  });

  it('lets the server stop while clients are connected', async () => {
    const mia = await aListener('member');
    const startedAt = performance.now();
    here.services.stopping.abort();
    await closeServer(server);
    expect(performance.now() - startedAt).toBeLessThan(1_000);
    await expect.poll(() => mia.isOpen(), soon).toBe(false);
  });
});
