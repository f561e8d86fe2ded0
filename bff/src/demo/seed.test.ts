import pino from 'pino';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { createApp } from '../app.ts';
import { readConfig } from '../core/config.ts';
import type { Services } from '../core/services.ts';
import { inScope } from '../db/scope.ts';
import { Me } from '../resources/me/schema.ts';
import { createServices } from '../services.ts';
import { aUser } from '../testing/fixtures/builders.ts';
import type { DatabaseCopy } from '../testing/fixtures/database-copy.ts';
import { harnessForThisTest } from '../testing/fixtures/harness.ts';
import { ownDatabase } from '../testing/fixtures/own-database.ts';
import { DEMO_ACCOUNTS } from './accounts.ts';
import { seedDemo } from './seed.ts';

const ORIGIN = 'http://127.0.0.1:3000';

// A database of its own, because the demo is seeded only into an empty one.
let database: DatabaseCopy;
let services: Services;
const lines: string[] = [];
let seededFrom: Date;

const seed = () => seedDemo({ services, ownerUrl: database.ownerUrl, log: (line) => lines.push(line) });
const query = <T>(strings: TemplateStringsArray): Promise<T[]> => services.db.sync.$queryRaw<T[]>(strings);

const countRows = () => query<Record<string, number>>`
  SELECT (SELECT count(*)::int FROM "user") AS users, (SELECT count(*)::int FROM tenant) AS tenants,
    (SELECT count(*)::int FROM membership) AS members, (SELECT count(*)::int FROM membership_role) AS assignments,
    (SELECT count(*)::int FROM role) AS roles, (SELECT count(*)::int FROM audit_log) AS events,
    (SELECT count(*)::int FROM audit_subject) AS subjects`;

beforeAll(async () => {
  database = await ownDatabase();
  services = await createServices({
    config: readConfig({ PUBLIC_URL: ORIGIN, LOG_LEVEL: 'silent', DATA_DIR: database.dataDir }),
    ownerUrl: database.ownerUrl,
    log: pino({ level: 'silent' }),
    publicUrl: () => ORIGIN,
  });
  seededFrom = new Date();
  await seed();
});

afterAll(async () => {
  await services?.db.close();
  await database?.stop();
});

describe('seedDemo', () => {
  it('seeds an empty database only once', async () => {
    const [once] = await countRows();
    expect(once).toMatchObject({ tenants: 5 });
    expect(once?.users).toBeGreaterThan(400);
    lines.length = 0;
    await seed();
    expect(await countRows()).toEqual([once]);
    expect(lines).toEqual([]);
  });

  it('gives every tenant an active owner', async () => {
    const ownerless = await query`
      SELECT tenant.name FROM tenant WHERE NOT EXISTS (
        SELECT FROM membership_role held
        JOIN role ON role.tenant_id = held.tenant_id AND role.id = held.role_id AND role.is_owner
        JOIN membership ON membership.tenant_id = held.tenant_id AND membership.id = held.membership_id
        WHERE held.tenant_id = tenant.id AND held.ended_at IS NULL AND membership.status = 'active')`;
    expect(ownerless).toEqual([]);
  });

  it('refers only to existing users, by their names', async () => {
    const unknownUsers = await query`
      SELECT event.action FROM audit_log event
      CROSS JOIN LATERAL (VALUES (CASE WHEN event.actor_type = 'user' THEN event.actor_id END), (event.subject_id)) referenced (id)
      LEFT JOIN "user" person ON person.id = referenced.id
      LEFT JOIN audit_subject known ON known.tenant_id = event.tenant_id AND known.user_id = referenced.id
      WHERE referenced.id IS NOT NULL AND (person.id IS NULL OR known.name IS DISTINCT FROM person.name)`;
    expect(unknownUsers).toEqual([]);
  });

  it('logs the status of every member', async () => {
    const contradictions = await query`
      SELECT tenant.name, membership.status, last.after FROM membership
      JOIN tenant ON tenant.id = membership.tenant_id
      LEFT JOIN LATERAL (
        SELECT after FROM audit_log event
        WHERE event.tenant_id = membership.tenant_id AND event.subject_id = membership.user_id
          AND event.category IN ('membership', 'invitation') AND event.after ? 'status'
        ORDER BY event.created_at DESC LIMIT 1) last ON true
      WHERE membership.status::text IS DISTINCT FROM replace(last.after ->> 'status', 'accepted', 'active')`;
    expect(contradictions).toEqual([]);
  });

  it('logs the roles of every member', async () => {
    const contradictions = await query`
      SELECT tenant.name, membership.user_id, held.roles, last.roles FROM membership
      JOIN tenant ON tenant.id = membership.tenant_id
      CROSS JOIN LATERAL (
        SELECT coalesce(array_agg(role_id::text ORDER BY role_id::text), '{}') AS roles FROM membership_role
        WHERE tenant_id = membership.tenant_id AND membership_id = membership.id AND ended_at IS NULL) held
      LEFT JOIN LATERAL (
        SELECT ARRAY (SELECT role ->> 'id' FROM jsonb_array_elements(event.after -> 'roles') role ORDER BY 1) AS roles
        FROM audit_log event
        WHERE event.tenant_id = membership.tenant_id AND event.subject_id = membership.user_id AND event.after ? 'roles'
        ORDER BY event.created_at DESC LIMIT 1) last ON true
      WHERE held.roles IS DISTINCT FROM last.roles`;
    expect(contradictions).toEqual([]);
  });

  it('writes an access history that ends in the current state', async () => {
    for (const { id, kind } of await query<{ id: string; kind: string }>`SELECT id::text, kind::text FROM tenant`) {
      const states = await inScope(
        { tenantId: id, userId: null },
        () => services.db.server.$queryRaw<{ isBackdated: boolean; kind: string; count: number }[]>`
          SELECT at < ${seededFrom} AS "isBackdated", kind, count(*)::int FROM access_history GROUP BY 1, 2`,
      );
      const backdated = states.filter(({ isBackdated }) => isBackdated).map((row) => row.kind);
      const atLeast =
        kind === 'platform' ? ['permission', 'role', 'tenant', 'user'] : ['assignment', 'membership', 'role', 'tenant'];
      expect(backdated).toEqual(expect.arrayContaining(atLeast));
      // A state recorded while seeding would contradict the scenario.
      if (kind === 'customer') expect(states.filter(({ isBackdated }) => !isBackdated)).toEqual([]);
    }
  });

  it('lets every demo account sign in to its tenants', async () => {
    const app = createApp(services);
    const post = (path: string, body: object) =>
      app.request(`${ORIGIN}${path}`, {
        method: 'POST',
        headers: { origin: ORIGIN, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    const homes: Record<string, string[]> = {};
    for (const { email } of DEMO_ACCOUNTS) {
      const signedIn = await post('/api/auth/sign-in/email', { email, password: services.config.demoPassword });
      const cookie = signedIn.headers
        .getSetCookie()
        .map((line) => line.split(';')[0])
        .join('; ');
      const response = await app.request(`${ORIGIN}/api/me`, { headers: { cookie } });
      const { memberships } = Me.parse(await response.json());
      homes[email] = memberships.map(({ slug, roles }) => [slug, ...roles.map(({ key }) => key)].join(' '));
    }
    expect(homes).toEqual({
      'owner@rolecall.test': ['platform owner'],
      'support@rolecall.test': ['platform support'],
      'owner@acme.test': ['acme owner'],
      'admin@acme.test': ['acme admin billing course-editor'],
      'member@acme.test': ['acme member'],
      'owner@globex.test': ['globex owner'],
    });
  });
});

describe('seedDemo in a database with users', () => {
  it('writes nothing', async () => {
    const harness = await harnessForThisTest({});
    await aUser(harness);
    const lines: string[] = [];
    const log = (line: string) => lines.push(line);
    await seedDemo({ services: harness.services, ownerUrl: inject('ownerUrl'), log });
    expect(lines).toEqual([expect.stringContaining('Skipped the demo')]);
    const made = await harness.services.db.sync.$queryRaw`SELECT slug FROM tenant WHERE slug IN ('acme', 'globex')`;
    expect(made).toEqual([]);
  });
});
