import { createHash } from 'node:crypto';
import { withClient } from '@rolecall/prisma/with-client';
import type pg from 'pg';
import { templateRows } from '../../access/roles/template-rows.ts';
import { fold } from '../../core/text/fold.ts';
import { toRecords } from '../../demo/write.ts';
import { ACTIONS, FIRST_NAMES, LABELS, LAST_NAMES, REASONS } from './vocabulary.ts';

const MONTHS = 4;
/** The share of the audit log of the biggest tenant, and of each of the nine that follow. */
const BIG_SHARE = 0.25;
const MIDDLE_SHARE = 0.04;
const MIDDLE = 9;

export interface BenchTenant {
  id: string;
  slug: string;
  members: number;
  /** Its members are these users in turn, from this number on. */
  offset: number;
}

/** The n-th of a kind: the same in every run, and computed where it is needed instead of looked up. */
export const idOf = (kind: string, n: number | string): string => {
  const hex = createHash('md5').update(`${kind}:${n}`).digest('hex');
  return hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})/, '$1-$2-4$3-8$4-');
};

/**
 * Plans the tenants for a number of users: one with a tenth of them, nine with a fortieth each, and three for every thousand users in all,
 * the rest of at most 190 members. 200,000 users make 600 tenants with 178,000 memberships, and 3 million events.
 */
export function planTenants(users: number): BenchTenant[] {
  const count = Math.max(MIDDLE + 3, Math.round(users * 0.003));
  const rest = Math.min(190, Math.floor((users * 0.56) / (count - MIDDLE - 1)));
  let offset = 0;
  return Array.from({ length: count }, (_, index) => {
    const members = index === 0 ? Math.round(users / 10) : index <= MIDDLE ? Math.round(users / 40) : rest;
    const tenant = { id: idOf('tenant', index), slug: `bench-${index}`, members, offset };
    offset = (offset + members) % users;
    return tenant;
  });
}

/**
 * Fills a migrated database with tenants, members, their roles and an audit log of four months, as a superuser, whom neither triggers nor row
 * security hold up. The same size makes the same people; everyone signs in by other means.
 */
export async function generateData(superuserUrl: string, users: number): Promise<BenchTenant[]> {
  const tenants = planTenants(users);
  await withClient(superuserUrl, async (client) => {
    await client.query("SET session_replication_role = replica; SET synchronous_commit = off; SET work_mem = '256MB'");
    await client.query(`SELECT setseed(0.5), ensure_audit_partitions(${MONTHS}, 3)`);
    await insertUsers(client, users);
    await insertTenants(client, tenants);
    await insertMembers(client, users);
    await insertEvents(client, users * 15, users);
    await client.query(
      `INSERT INTO access_history (tenant_id, kind, entity_id, at, state)
       SELECT tenant_id, kind, entity_id, now() - interval '${MONTHS} months', state FROM current_access
       WHERE kind <> 'user' ON CONFLICT DO NOTHING`,
    );
    await client.query('DROP TABLE bench_tenant');
    await client.query('RESET session_replication_role');
    await client.query('VACUUM ANALYZE');
  });
  return tenants;
}

/** As idOf, in SQL. */
const sqlId = (text: string) => `overlay(overlay(md5(${text}) PLACING '4' FROM 13) PLACING '8' FROM 17)::uuid`;
const MEMBER_ID = sqlId("'member:' || t.slug || ':' || m");

const pairs = (names: string[]) => [names, names.map((name) => fold(name))];

const insertUsers = (client: pg.Client, users: number) =>
  client.query(
    `INSERT INTO "user" (id, name, sort_name, search_text, email, email_key, email_verified, identity_updated_at, created_at)
     SELECT 'bench-' || n, first || ' ' || last, folded, folded || ' ' || email, email, email, true, 0,
       now() - interval '1 year' * (n::float8 / $5)
     FROM generate_series(0, $5 - 1) n
     CROSS JOIN LATERAL (SELECT 1 + n % cardinality($1::text[]) AS f, 1 + (n * 7919 / 3) % cardinality($3::text[]) AS l) pick
     CROSS JOIN LATERAL (SELECT ($1::text[])[f] AS first, ($3::text[])[l] AS last, ($2::text[])[f] || ' ' || ($4::text[])[l] AS folded) named
     CROSS JOIN LATERAL (SELECT replace(folded, ' ', '.') || '.' || n || '@example.test' AS email) addressed`,
    [...pairs(FIRST_NAMES), ...pairs(LAST_NAMES), users],
  );

async function insertTenants(client: pg.Client, tenants: BenchTenant[]): Promise<void> {
  await client.query(
    `CREATE TABLE bench_tenant AS SELECT ordinality - 1 AS rank, t.* FROM ROWS FROM (jsonb_to_recordset($1) AS (id uuid, slug text, members int, "offset" int)) WITH ORDINALITY AS t`,
    [JSON.stringify(tenants)],
  );
  await client.query(
    `INSERT INTO tenant (id, name, slug, search_text, created_at)
     SELECT id, initcap(replace(slug, '-', ' ')), slug, replace(slug, '-', ' ') || E'\\n' || slug, now() - interval '${MONTHS} months' FROM bench_tenant`,
  );
  const templates = tenants.map(({ id }) => templateRows(id, 'customer'));
  const insert = (table: string, rows: object[]) => {
    const columns = Object.keys(JSON.parse(toRecords(rows.slice(0, 1)))[0]).join();
    return client.query(
      `INSERT INTO ${table} (${columns}) SELECT ${columns} FROM jsonb_populate_recordset(NULL::${table}, $1)`,
      [toRecords(rows)],
    );
  };
  await insert(
    'role',
    templates.flatMap(({ roles }) => roles),
  );
  await insert(
    'role_permission',
    templates.flatMap(({ rolePermissions }) => rolePermissions),
  );
  // A role of their own, for the preview of its change.
  await client.query(
    `INSERT INTO role (tenant_id, id, key, name, search_text, effective_permissions)
     SELECT id, ${sqlId("'role:' || slug")}, 'reviewer', 'Reviewer', 'reviewer', ARRAY['members:read'] FROM bench_tenant`,
  );
  await client.query(
    `INSERT INTO role_permission (tenant_id, role_id, permission_code)
     SELECT id, ${sqlId("'role:' || slug")}, 'members:read' FROM bench_tenant`,
  );
  await insert(
    'role_version',
    templates.flatMap(({ roleVersions }) => roleVersions),
  );
}

async function insertMembers(client: pg.Client, users: number): Promise<void> {
  await client.query(
    `INSERT INTO membership (tenant_id, id, user_id, status, source, sort_name, search_text, created_at, left_at)
     SELECT t.id, ${MEMBER_ID}, person.id, status::"MembershipStatus", 'identity', person.sort_name, person.search_text,
       now() - interval '100 days' * random(), CASE status WHEN 'left' THEN now() END
     FROM bench_tenant t CROSS JOIN LATERAL generate_series(0, t.members - 1) m
     JOIN "user" person ON person.id = 'bench-' || (t."offset" + m) % $1
     CROSS JOIN LATERAL (SELECT CASE WHEN m % 33 = 32 THEN 'left' WHEN m % 20 = 19 THEN 'suspended' ELSE 'active' END AS status) s`,
    [users],
  );
  // Of the roles that a tenant has: one owner, some of each other one, and for every third member a second one.
  await client.query(
    `INSERT INTO membership_role (tenant_id, id, membership_id, role_id, user_id, is_primary, valid_from, created_at)
     SELECT member.tenant_id, gen_random_uuid(), member.id, held.id, member.user_id, held.turn = 1, member.created_at, member.created_at
     FROM (SELECT *, row_number() OVER (PARTITION BY tenant_id ORDER BY id) AS n FROM membership WHERE source = 'identity') member
     JOIN (SELECT tenant_id, array_agg(id ORDER BY is_owner DESC, is_default DESC, key) AS roles FROM role WHERE deleted_at IS NULL
       GROUP BY tenant_id) given ON given.tenant_id = member.tenant_id
     CROSS JOIN LATERAL (
       SELECT CASE WHEN n = 1 THEN roles[1] ELSE roles[2] END AS id, 1 AS turn
       UNION ALL SELECT roles[3 + n % (cardinality(roles) - 2)], 2 WHERE n % 3 = 0 AND cardinality(roles) > 2
     ) held
     WHERE member.status <> 'left'`,
  );
  await client.query(
    `INSERT INTO audit_subject (tenant_id, user_id, name, email, search_text)
     SELECT member.tenant_id, person.id, person.name, person.email, person.search_text
     FROM membership member JOIN "user" person ON person.id = member.user_id WHERE member.source = 'identity'`,
  );
}

/** Events in the order of their instants. A twentieth of the members act; everyone is acted upon. */
const insertEvents = (client: pg.Client, events: number, users: number) =>
  client.query(
    `INSERT INTO audit_log (tenant_id, id, created_at, xid, actor_type, actor_id, subject_id, action, category, permission, target_type,
       target_id, target_label, before, after, outcome, reason, search_text, request_id, ip, user_agent)
     SELECT t.id, gen_random_uuid(), now() - interval '${MONTHS} months' * (1 - n::float8 / $1), -n, actor,
       CASE actor WHEN 'user' THEN 'bench-' || (t."offset" + (r1 * greatest(1, t.members / 20))::int) % $2 WHEN 'api-key' THEN md5(t.slug) END,
       CASE WHEN kind ->> 'target' = 'membership' THEN 'bench-' || (t."offset" + m) % $2 END,
       kind ->> 'action', kind ->> 'category', kind ->> 'permission', kind ->> 'target',
       CASE kind ->> 'target' WHEN 'membership' THEN ${MEMBER_ID}::text ELSE ${sqlId("concat(t.slug, kind ->> 'target', m % 40)")}::text END,
       label, jsonb_build_object('name', label, 'n', m), jsonb_build_object('name', label || ' 2', 'status', 'active', 'n', m + 1),
       CASE WHEN n % 50 = 7 THEN 'denied' ELSE 'allowed' END,
       CASE WHEN n % 20 = 3 THEN ($4::text[])[1 + n / 20 % cardinality($4::text[])] || ' ' || n END,
       NULL, gen_random_uuid()::text, '203.0.113.' || n % 250, 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36'
     FROM generate_series(1, $1) n
     CROSS JOIN LATERAL (SELECT random() AS r, random() AS r1, random() AS r2, n AS same) dice
     JOIN bench_tenant t ON t.rank = CASE WHEN r < ${BIG_SHARE} THEN 0
         WHEN r < ${BIG_SHARE + MIDDLE * MIDDLE_SHARE} THEN 1 + floor((r - ${BIG_SHARE}) / ${MIDDLE_SHARE})
         ELSE ${MIDDLE + 1} + floor((r - ${BIG_SHARE + MIDDLE * MIDDLE_SHARE}) / ${1 - BIG_SHARE - MIDDLE * MIDDLE_SHARE}
           * (SELECT count(*) - ${MIDDLE + 1} FROM bench_tenant)) END
     CROSS JOIN LATERAL (SELECT floor(r2 * t.members)::int AS m, $3::jsonb -> (n % jsonb_array_length($3::jsonb)) AS kind,
       CASE WHEN n % 10 = 1 THEN 'webhook' WHEN n % 20 = 2 THEN 'api-key' ELSE 'user' END AS actor,
       ($5::text[])[1 + (n * 31) % cardinality($5::text[])] AS label) what
     ORDER BY n`,
    [events, users, JSON.stringify(ACTIONS), REASONS, LABELS],
  );

const PASSWORD = 'correct horse battery';

/** Signs up the user of the benchmark, or signs in. */
export async function signUp(post: (path: string, body: object) => Response | Promise<Response>) {
  const account = { name: 'Bench User', email: 'bench-user@example.test', password: PASSWORD };
  const first = await post('/api/auth/sign-up/email', account);
  const answer = first.headers.has('set-cookie') ? first : await post('/api/auth/sign-in/email', account);
  const cookie = answer.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
  const { user } = (await answer.json()) as { user: { id: string; email: string; name: string } };
  return { cookie, user };
}
