import type pg from 'pg';
import { searchText } from '../core/text/fold.ts';
import { searchTextOf } from '../core/text/user-names.ts';
import { DAY } from './calendar.ts';
import { historyOf } from './history.ts';
import type { PermissionRow } from './scenarios/platform.ts';
import type { EventRow, SeedState } from './seed-state.ts';
import type { DemoUser } from './users.ts';

/** Writes a tenant and its history in one transaction of the database owner, which alone may backdate the audit log. */
export async function writeTenant(
  client: pg.Client,
  state: SeedState,
  usersById: ReadonlyMap<string, DemoUser>,
  permissions: readonly PermissionRow[] = [],
): Promise<void> {
  const { tenant } = state;
  await inTenant(client, tenant.id, async () => {
    await insert(
      client,
      'permission',
      permissions.map((row) => withSearch(row, row.code, row.description)),
    );
    // The platform and its roles exist already.
    if (tenant.kind === 'customer') {
      await insert(client, 'tenant', [withSearch(tenant, tenant.name, tenant.slug)]);
      await insert(
        client,
        'role',
        state.roles.map((row) => withSearch(row, row.name, row.description)),
      );
      await insert(client, 'role_permission', state.rolePermissions);
      await insert(client, 'role_version', state.roleVersions);
    }
    await insert(client, 'membership', state.members);
    await insert(client, 'membership_role', state.assignments);
    await insert(
      client,
      'invitation',
      state.invitations.map((row) => withSearch(row, row.email)),
    );
    await insert(client, 'invitation_role', state.invitationRoles);
    await insert(client, 'audit_subject', subjects(state, usersById));
    await insert(client, 'audit_log', sortByTime(state.events));
    if (tenant.kind === 'platform') await backdateSystemStates(client, state);
    await insert(client, 'access_history', historyOf(state, usersById, permissions));
    await recordSeeding(client, state);
  });
}

/** Dates the platform, its roles and the system permissions before the first event of the demo. */
const backdateSystemStates = (client: pg.Client, { tenant, events }: SeedState) =>
  client.query(
    `INSERT INTO access_history (tenant_id, kind, entity_id, at, state)
     SELECT DISTINCT ON (kind, entity_id) tenant_id, kind, entity_id, $2::timestamptz, state FROM access_history
     WHERE tenant_id = $1 AND kind IN ('tenant', 'role', 'permission') AND at > $2 ORDER BY kind, entity_id, at`,
    [tenant.id, new Date(Math.min(...events.map(({ createdAt }) => createdAt.getTime())) - DAY)],
  );

export async function inTenant<T>(client: pg.Client, tenantId: string, work: () => Promise<T>): Promise<T> {
  await client.query('BEGIN');
  try {
    await client.query("SELECT set_config('app.current_tenant_id', $1, true)", [tenantId]);
    await client.query("SELECT pg_advisory_xact_lock(hashtextextended('tenant:' || $1, 0))", [tenantId]);
    const result = await work();
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  }
}

/** Records that the tenant was seeded: the only event with the real date. */
async function recordSeeding(
  client: pg.Client,
  { tenant, random, members, invitations, events }: SeedState,
): Promise<void> {
  await client.query(
    `INSERT INTO audit_log (tenant_id, id, actor_type, action, category, target_type, target_id, target_label, context)
     VALUES ($1, $2, 'system', 'tenant.demo_seeded', 'tenant', 'tenant', $1::uuid::text, $3, $4)`,
    [
      tenant.id,
      random.id(new Date()),
      tenant.name,
      { members: members.length, invitations: invitations.length, events: events.length },
    ],
  );
}

/** Inserts all rows in one statement; their fields are the columns in camel case. */
async function insert(client: pg.Client, table: string, rows: readonly object[]): Promise<void> {
  const [first] = rows;
  if (!first) return;
  const name = client.escapeIdentifier(table);
  const columns = Object.keys(first).map((field) => client.escapeIdentifier(columnOf(field)));
  await client.query(
    `INSERT INTO ${name} (${columns.join()}) SELECT ${columns.join()} FROM jsonb_populate_recordset(NULL::${name}, $1)`,
    [toRecords(rows)],
  );
}

const withSearch = <T extends object>(row: T, ...texts: string[]) => ({ ...row, searchText: searchText(...texts) });

export const toRecords = (rows: readonly object[]): string =>
  JSON.stringify(
    rows.map((row) =>
      Object.fromEntries(Object.entries(row).map(([field, value]) => [columnOf(field), toJson(value)])),
    ),
  );

const columnOf = (field: string) => field.replaceAll(/[A-Z]/g, (char) => `_${char.toLowerCase()}`);

const toJson = (value: unknown) => (value instanceof Uint8Array ? `\\x${Buffer.from(value).toString('hex')}` : value);

function subjects({ tenant, events }: SeedState, usersById: ReadonlyMap<string, DemoUser>) {
  const ids = events.flatMap(({ actorType, actorId, subjectId }) => [actorType === 'user' ? actorId : null, subjectId]);
  return [...new Set(ids)]
    .map((id) => usersById.get(id ?? ''))
    .filter((user) => user !== undefined)
    .map(({ id, name, email }) => ({
      tenantId: tenant.id,
      userId: id,
      name,
      email,
      searchText: searchTextOf(name, email),
    }));
}

const sortByTime = (events: readonly EventRow[]) =>
  events.toSorted((a, b) => a.createdAt.getTime() - b.createdAt.getTime());
