import { createServer, type RequestListener } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { withSuperuserUrl } from '@rolecall/prisma/superuser';
import { withClient } from '@rolecall/prisma/with-client';
import { Hono } from 'hono';
import { SignJWT } from 'jose';
import pg from 'pg';
import pino from 'pino';
import { createApp } from '../../app.ts';
import { readConfig } from '../../core/config.ts';
import type { Services } from '../../core/services.ts';
import { listen } from '../../http/listen/listen.ts';
import { prepareDatabase } from '../../prepare-database.ts';
import { createServices } from '../../services.ts';
import { benchCases, type Case } from './cases.ts';
import { databaseCpuUs } from './cpu.ts';
import { generateData, planTenants, signUp } from './data.ts';

/** The product twice, with sessions of its own and with bearer tokens, and beside it in the same process a bare server. */
const dataDir = process.env.DATA_DIR ?? '';
const users = Number(process.env.BENCH_SIZE);
const isNew = process.env.BENCH_REUSED !== 'true';
const SECRET = 'a secret that the issuer of the benchmark signs with';
const ISSUER = 'https://issuer.example/';
const ORIGIN = 'http://127.0.0.1:3000';

const database = await prepareDatabase({ databaseUrl: null, dataDir }, () => {});
const tenants = isNew ? await withSuperuserUrl(dataDir, (url) => generateData(url, users)) : planTenants(users);
const product = (settings: Record<string, string>): Promise<Services> =>
  createServices({
    config: readConfig({ SEED: 'none', DATA_DIR: dataDir, RATE_LIMITS: 'false', PUBLIC_URL: ORIGIN, ...settings }),
    ownerUrl: database.ownerUrl,
    log: pino({ level: 'error' }, pino.destination(2)),
    publicUrl: () => ORIGIN,
  });
const local = await product({});
const bearer = await product({
  IDENTITY_PROVIDER: 'jwt',
  JWT_SECRET: SECRET,
  JWT_ISSUER: ISSUER,
  JWT_AUDIENCE: 'rolecall',
  JWT_ALGORITHMS: 'HS256',
  JWT_SIGN_IN_URL: 'https://app.example/sign-in',
});

const apps = [createApp(local), createApp(bearer)] as const;
const { cookie, user } = await signUp((path, body) =>
  apps[0].request(ORIGIN + path, {
    method: 'POST',
    headers: { origin: ORIGIN, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  }),
);
const { roleId, memberId } = await withSuperuserUrl(dataDir, (url) => joinTenants(url));
const token = await new SignJWT({ email: user.email, email_verified: true, name: user.name })
  .setProtectedHeader({ alg: 'HS256' })
  .setSubject(user.id)
  .setIssuer(ISSUER)
  .setAudience('rolecall')
  .setIssuedAt()
  .setExpirationTime('2h')
  .sign(new TextEncoder().encode(SECRET));
const made = await apps[0].request(`${ORIGIN}/api/admin/tenants/${tenants.at(-1)?.id}/api-keys`, {
  method: 'POST',
  headers: { origin: ORIGIN, cookie, 'content-type': 'application/json' },
  body: JSON.stringify({ name: `bench ${Date.now()}`, expiresInDays: null }),
});
const { key: apiKey } = (await made.json()) as { key: string };

const cases = benchCases(local, tenants, { userId: user.id, memberId, roleId });
const bare = await bareServer(cases);
const servers: ReturnType<typeof createServer>[] = [];
const serve = async (listener: RequestListener) => {
  const server = createServer(listener);
  servers.push(server);
  return listen(server, { host: '127.0.0.1', port: 0 });
};
const urls = {
  local: await serve(getRequestListener(apps[0].fetch)),
  bearer: await serve(getRequestListener(apps[1].fetch)),
  bare: await serve(getRequestListener(bare.app.fetch)),
};
process.stdout.write(`ready ${JSON.stringify({ urls, cookie, token, apiKey, cases })}\n`);
process.once('SIGTERM', async () => {
  for (const server of servers) server.close();
  for (const { inbox, queue, db } of [local, bearer]) {
    await inbox.close();
    await queue.stop();
    await db.close();
  }
  await bare.pool.end();
  await database.stop();
  process.exit(0);
});

/** Makes the signed-in user an owner of the measured tenants and of the platform. */
function joinTenants(url: string) {
  return withClient(url, async (client) => {
    const ids = [...[tenants[0], tenants[1], tenants.at(-1)].map((tenant) => tenant?.id)];
    await client.query('SET session_replication_role = replica');
    await client.query(
      `WITH joined AS (
         INSERT INTO membership (tenant_id, id, user_id, source, sort_name, search_text)
         SELECT tenant.id, gen_random_uuid(), person.id, 'platform', person.sort_name, person.search_text
         FROM tenant, "user" person WHERE person.id = $1 AND (tenant.id = ANY ($2::uuid[]) OR tenant.kind = 'platform')
         ON CONFLICT DO NOTHING RETURNING *)
       INSERT INTO membership_role (tenant_id, id, membership_id, role_id, user_id, is_primary)
       SELECT joined.tenant_id, gen_random_uuid(), joined.id, role.id, joined.user_id, true
       FROM joined JOIN role ON role.tenant_id = joined.tenant_id AND role.is_owner`,
      [user.id, ids],
    );
    const { rows } = await client.query<{ roleId: string; memberId: string }>(
      `SELECT (SELECT id FROM role WHERE tenant_id = $1 AND NOT is_system) AS "roleId",
         (SELECT id FROM membership WHERE tenant_id = $2 AND status = 'active' AND user_id <> $3 ORDER BY id LIMIT 1) AS "memberId"`,
      [ids[0], ids[2], user.id],
    );
    return rows[0] as { roleId: string; memberId: string };
  });
}

/** hono and pg: the same statements, prepared, without sign-in, guard, row-level security and count. */
async function bareServer(all: Case[]) {
  const url = await withSuperuserUrl(dataDir, async (superuserUrl) => superuserUrl);
  const pool = new pg.Pool({ connectionString: url, max: 10 });
  // The database may stop first.
  pool.on('error', () => undefined);
  const app = new Hono();
  app.all('/cases/:index', async (c) => {
    const index = c.req.param('index');
    const statement = all[Number(index)]?.bare;
    if (!statement) return c.notFound();
    const { rows } = await pool.query({
      name: statement.text.includes('planned each time') ? '' : `case ${index}`,
      text: statement.text,
      values: [...statement.values],
    });
    return c.json({ data: rows });
  });
  app.get('/usage', async (c) => {
    const { user: inUser, system } = process.cpuUsage();
    return c.json({
      serverUs: inUser + system,
      databaseUs: await databaseCpuUs(dataDir),
      memory: process.memoryUsage.rss(),
    });
  });
  return { app, pool };
}
