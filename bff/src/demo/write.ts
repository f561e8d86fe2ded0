import type pg from 'pg';
import { DAY } from './calendar.ts';
import { historyOf } from './history.ts';
import type { PermissionRow } from './scenarios/platform.ts';
import type { EventRow, TenantFixture } from './seed-state.ts';
import type { DemoPerson } from './users.ts';

/** A tenant and its whole history in one transaction of the migrating owner, who alone may date the log. */
export async function writeTenant(
  client: pg.Client,
  ledger: TenantFixture,
  everybody: ReadonlyMap<string, DemoPerson>,
  permissions: readonly PermissionRow[] = [],
): Promise<void> {
  const { tenant } = ledger;
  await inTenant(client, tenant.id, async () => {
    await insert(client, 'permission', permissions);
    // The platform itself was there before the demo, and so were its roles.
    if (tenant.kind === 'customer') {
      await insert(client, 'tenant', [tenant]);
      await insert(client, 'role', ledger.roles);
      await insert(client, 'role_permission', ledger.rolePermissions);
      await insert(client, 'role_version', ledger.roleVersions);
    }
    await insert(client, 'membership', ledger.members);
    await insert(client, 'membership_role', ledger.holdings);
    await insert(client, 'invitation', ledger.invitations);
    await insert(client, 'invitation_role', ledger.invitationRoles);
    await insert(client, 'audit_subject', subjects(ledger, everybody));
    await insert(client, 'audit_log', inOrder(ledger.events));
    if (tenant.kind === 'platform') await rememberSince(client, ledger);
    await insert(client, 'access_state', historyOf(ledger, everybody, permissions));
    await mark(client, ledger);
  });
}

/** The platform, its roles and the permissions of Rolecall itself were there before the story began. */
const rememberSince = (client: pg.Client, { tenant, events }: TenantFixture) =>
  client.query(
    `INSERT INTO access_state (tenant_id, kind, entity_id, at, state)
     SELECT DISTINCT ON (kind, entity_id) tenant_id, kind, entity_id, $2::timestamptz, state FROM access_state
     WHERE tenant_id = $1 AND kind IN ('tenant', 'role', 'permission') AND at > $2 ORDER BY kind, entity_id, at`,
    [tenant.id, new Date(Math.min(...events.map(({ createdAt }) => createdAt.getTime())) - DAY)],
  );

export async function inTenant<T>(client: pg.Client, tenantId: string, work: () => Promise<T>): Promise<T> {
  await client.query('BEGIN');
  try {
    await client.query("SELECT set_config('app.current_tenant_id', $1, true)", [tenantId]);
    const result = await work();
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  }
}

/** The one event that is dated by the database: it says that all the others were made up. */
async function mark(client: pg.Client, { tenant, random, members, invitations, events }: TenantFixture): Promise<void> {
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

/** One statement for all rows, whose fields are the columns in camel case. */
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

export const toRecords = (rows: readonly object[]): string =>
  JSON.stringify(
    rows.map((row) =>
      Object.fromEntries(Object.entries(row).map(([field, value]) => [columnOf(field), toJson(value)])),
    ),
  );

const columnOf = (field: string) => field.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

const toJson = (value: unknown) => (value instanceof Uint8Array ? `\\x${Buffer.from(value).toString('hex')}` : value);

function subjects({ tenant, events }: TenantFixture, everybody: ReadonlyMap<string, DemoPerson>) {
  const ids = events.flatMap(({ actorType, actorId, subjectId }) => [actorType === 'user' ? actorId : null, subjectId]);
  return [...new Set(ids)]
    .map((id) => everybody.get(id ?? ''))
    .filter((person) => person !== undefined)
    .map(({ id, name, email }) => ({ tenantId: tenant.id, userId: id, name, email }));
}

const inOrder = (events: readonly EventRow[]) =>
  events.toSorted((a, b) => a.createdAt.getTime() - b.createdAt.getTime());
