import type { Tenant } from 'database/client';
import { v7 as uuid } from 'uuid';
import { PLATFORM_TENANT_ID } from '../../access/permissions.ts';
import { createTenantRoles } from '../../access/roles/create-tenant-roles.ts';
import { insertAudit } from '../../audit/record.ts';
import { ConfigError } from '../../core/config.ts';
import type { Database } from '../../core/services.ts';
import { lockTenant } from '../../db/locks.ts';
import { type Tx, tenantTx } from '../../db/tenant-tx.ts';
import type { AppliedUserUpdate } from '../context.ts';
import { NO_TENANT, recordSyncs, type SyncContext, type SyncSettings } from '../context.ts';
import { type NamedRole, roleOfAppName, rolesComeIn } from '../role-names.ts';
import { takeAppRole } from './app-role.ts';

const AT_START = { requestId: 'start', ip: null, userAgent: null };
const BY_SYSTEM = { type: 'system', id: 'default-tenant', sessionId: null } as const;
const BATCH = 500;

interface Joining {
  userId: string;
  /** public_metadata.role */
  role: string | null;
  /** What they said themselves that they want to be, at sign-up. */
  chosenRole: string | null;
  cause: SyncContext;
}

/**
 * Makes the tenant that DEFAULT_TENANT names, where it is missing, and lets everybody join it who is here already. Throws
 * ConfigError when that tenant cannot be everybody's.
 */
export async function ensureDefaultTenant(db: Pick<Database, 'sync'>, settings: SyncSettings): Promise<void> {
  const tenantId = await tenantTx(db.sync, NO_TENANT, (tx) => markDefault(tx, settings.defaultTenant));
  if (!tenantId) return;
  const cause = { actor: BY_SYSTEM, origin: AT_START, settings };
  for (let joined = BATCH; joined === BATCH; ) {
    joined = await tenantTx(db.sync, NO_TENANT, async (tx) => {
      const missing = await tx.$queryRaw<{ id: string; role: string | null }[]>`
        SELECT id, identity_role AS role FROM "user" person
        WHERE deleted_at IS NULL AND NOT EXISTS (
          SELECT 1 FROM membership WHERE tenant_id = ${tenantId}::uuid AND user_id = person.id)
        ORDER BY id LIMIT ${BATCH}`;
      const people = missing.map(({ id, role }) => ({ userId: id, role, chosenRole: null, cause }));
      if (people.length > 0) await join(tx, tenantId, people);
      return people.length;
    });
  }
}

async function markDefault(tx: Tx, slug: string | null): Promise<string | null> {
  await lockTenant(tx, PLATFORM_TENANT_ID);
  await tx.$executeRaw`UPDATE tenant SET is_default = false WHERE is_default AND slug IS DISTINCT FROM ${slug}`;
  if (!slug) return null;
  const stored = await tx.tenant.findFirst({ where: { slug } });
  const fault = stored && faultOf(stored);
  if (fault) throw new ConfigError([`DEFAULT_TENANT: ${slug} is ${fault}`]);
  const id = stored?.id ?? (await createDefault(tx, slug));
  if (!stored?.isDefault) await tx.$executeRaw`UPDATE tenant SET is_default = true WHERE id = ${id}::uuid`;
  return id;
}

/** Whoever makes an organization names it: by a name that became free, its owner must not come to see everybody. */
function faultOf({ kind, status, identityOrgId }: Tenant): string | null {
  if (kind === 'platform') return 'the platform itself';
  if (status === 'archived') return 'archived';
  return identityOrgId === null ? null : 'an organization of the identity provider, which says who belongs to it';
}

async function createDefault(tx: Tx, slug: string): Promise<string> {
  const name = slug.replaceAll('-', ' ').replace(/^./, (letter) => letter.toUpperCase());
  const { id } = await tx.tenant.create({ data: { id: uuid(), name, slug } });
  await lockTenant(tx, id);
  await createTenantRoles(tx, id, 'customer');
  await insertAudit(tx, {
    tenantId: id,
    actor: BY_SYSTEM,
    origin: AT_START,
    action: 'tenant.created',
    category: 'tenant',
    target: { type: 'tenant', id, label: name },
    after: { name, slug, status: 'active' },
    reason: 'Named by DEFAULT_TENANT',
  });
  return id;
}

/** Everybody belongs to the default tenant, where there is one, and public_metadata.role is the primary role there. */
export async function applyDefaultTenant(tx: Tx, taken: readonly AppliedUserUpdate[]): Promise<void> {
  const slug = taken[0]?.cause.settings.defaultTenant;
  if (!slug) return;
  const tenant = await tx.tenant.findFirst({ where: { slug, isDefault: true, status: { not: 'archived' } } });
  if (!tenant) return;
  const ids = taken.map(({ user }) => user.id);
  const members = await tx.membership.findMany({
    where: { tenantId: tenant.id, userId: { in: ids } },
    select: { userId: true },
  });
  const isMember = (id: string) => members.some(({ userId }) => userId === id);
  const joining = taken.filter(({ user }) => !isMember(user.id));
  const news = taken.filter(
    ({ user, roleBefore, cause }) => isMember(user.id) && (cause.repairsRoles || user.role !== roleBefore),
  );
  if (joining.length > 0) {
    await join(
      tx,
      tenant.id,
      joining.map(({ user, cause }) => ({
        userId: user.id,
        role: user.role,
        chosenRole: user.chosenRole ?? null,
        cause,
      })),
    );
  }
  if (news.length === 0) return;
  await lockTenant(tx, tenant.id);
  for (const { user, cause } of news) await takeAppRole(tx, tenant.id, user, cause);
}

/** Those who have a membership already, or had one, stay as they are: who was removed does not come back by being heard of. */
async function join(tx: Tx, tenantId: string, people: readonly Joining[]): Promise<void> {
  await lockTenant(tx, tenantId);
  const roles = await tx.role.findMany({ where: { tenantId, deletedAt: null }, orderBy: { name: 'asc' } });
  const wanted = people.flatMap((person) => {
    const role = firstRole(roles, person);
    return role ? [{ ...person, id: uuid(), holdingId: uuid(), role }] : [];
  });
  const rows = wanted.map(({ id, holdingId, userId, role }) => ({ id, holdingId, userId, roleId: role.id }));
  const joined = await tx.$queryRaw<{ userId: string }[]>`
    WITH given AS (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        AS given (id uuid, "holdingId" uuid, "userId" text, "roleId" uuid)
    ), joined AS (
      INSERT INTO membership (tenant_id, id, user_id, source, sort_name, search_text)
      SELECT ${tenantId}::uuid, given.id, person.id, 'identity', person.sort_name, person.search_text
      FROM given JOIN "user" person ON person.id = given."userId"
      ON CONFLICT (tenant_id, user_id) DO NOTHING RETURNING id
    )
    INSERT INTO membership_role (tenant_id, id, membership_id, user_id, role_id, is_primary)
    SELECT ${tenantId}::uuid, given."holdingId", given.id, given."userId", given."roleId", true
    FROM given JOIN joined ON joined.id = given.id
    RETURNING user_id AS "userId"`;
  const isIn = new Set(joined.map(({ userId }) => userId));
  await recordSyncs(
    tx,
    wanted
      .filter(({ userId }) => isIn.has(userId))
      .map(({ id, userId, role, cause }) => ({
        cause,
        tenantId,
        action: 'member.joined',
        category: 'membership',
        subjectId: userId,
        target: { type: 'member', id, label: null },
        after: { status: 'active', roles: [{ id: role.id, name: role.name }] },
      })),
  );
}

type Role = NamedRole & { isSelfAssignable: boolean };

function firstRole(roles: readonly Role[], { role, chosenRole, cause }: Joining): Role | undefined {
  const given = rolesComeIn(cause.settings) ? roleOfAppName(roles, role) : undefined;
  const chosen = roles.find((one) => one.isSelfAssignable && !one.isOwner && one.key === chosenRole);
  return given ?? chosen ?? roles.find((one) => one.isDefault);
}
