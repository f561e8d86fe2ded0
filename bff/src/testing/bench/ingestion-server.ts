import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getRequestListener } from '@hono/node-server';
import { PrismaPg } from '@prisma/adapter-pg';
import { PrismaClient } from '@rolecall/prisma/client';
import { Hono } from 'hono';
import pg from 'pg';
import pino from 'pino';
import { Webhook } from 'svix';
import { createApp } from '../../app.ts';
import { readConfig } from '../../core/config.ts';
import { listen } from '../../http/listen/listen.ts';
import { prepareDatabase } from '../../prepare-database.ts';
import { createServices } from '../../services.ts';
import { CLERK_SETTINGS } from '../fixtures/clerk-webhooks.ts';
import { databaseCpuUs } from './cpu.ts';

/** The product, and in the same process the handler that most apps write: verify, then upsert. */
const dataDir = await mkdtemp(join(tmpdir(), 'rolecall-bench-'));
const database = await prepareDatabase({ databaseUrl: null, dataDir }, () => {});
const secret = process.env.BENCH_SECRET ?? '';
const services = await createServices({
  config: readConfig({ ...CLERK_SETTINGS, SEED: 'none', DATA_DIR: dataDir, CLERK_WEBHOOK_SIGNING_SECRET: secret }),
  ownerUrl: database.ownerUrl,
  log: pino({ level: 'error' }, pino.destination(2)),
  publicUrl: () => 'http://127.0.0.1:3000',
});

// The same table and indexes in the same database, without the triggers that would reject the writes.
const NAIVE = 'naive';
await makeNaiveTable(database.ownerUrl);
const naive = new PrismaClient({ adapter: new PrismaPg({ connectionString: database.ownerUrl }, { schema: NAIVE }) });
let upserts = 0;
const app = new Hono();
app.post('/naive', async (c) => {
  const body = await c.req.text();
  new Webhook(secret).verify(body, Object.fromEntries(c.req.raw.headers));
  const { data } = JSON.parse(body);
  const profile = {
    email: data.email_addresses[0]?.email_address ?? null,
    firstName: data.first_name,
    lastName: data.last_name,
    name: `${data.first_name} ${data.last_name}`,
    imageUrl: data.image_url,
    sortName: `${data.first_name} ${data.last_name}`.toLowerCase(),
    searchText: `${data.first_name} ${data.last_name}`.toLowerCase(),
    identityUpdatedAt: BigInt(data.updated_at),
  };
  await naive.user.upsert({ where: { id: data.id }, create: { id: data.id, ...profile }, update: profile });
  upserts += 1;
  return c.json({ success: true });
});
app.get('/applied', async (c) => {
  await services.inbox.idle();
  const where = { status: 'applied' };
  const events = await services.db.sync.webhookEvent.count({ where });
  const audited = await services.db.sync.auditLog.count({ where: { actorType: 'webhook' } });
  const { user, system } = process.cpuUsage();
  return c.json({ events, audited, upserts, serverCpuUs: user + system, databaseCpuUs: await databaseCpuUs(dataDir) });
});

const [product, beside] = [getRequestListener(createApp(services).fetch), getRequestListener(app.fetch)];
const server = createServer((request, response) =>
  request.url?.startsWith('/api/') ? product(request, response) : beside(request, response),
);
process.stdout.write(`ready ${await listen(server, { host: '127.0.0.1', port: 0 })}\n`);
process.once('SIGTERM', async () => {
  server.close();
  await services.inbox.close();
  await services.queue.stop();
  await services.db.close();
  await naive.$disconnect();
  await database.stop();
  await rm(dataDir, { recursive: true, force: true });
  process.exit(0);
});

async function makeNaiveTable(ownerUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  await client.query(`CREATE SCHEMA ${NAIVE}; CREATE TABLE ${NAIVE}."user" (LIKE public."user" INCLUDING ALL)`);
  await client.end();
}
