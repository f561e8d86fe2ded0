import type { Tenant } from '@rolecall/prisma/client';
import { v7 as uuid } from 'uuid';
import { joinTenant } from '../../access/assignments/join-tenant.ts';
import { PLATFORM_TENANT_ID } from '../../access/permissions.ts';
import { createTenantRoles } from '../../access/roles/create-tenant-roles.ts';
import { insertAudit } from '../../audit/record.ts';
import { ConfigError } from '../../core/config.ts';
import type { Database } from '../../core/services.ts';
import { lockTenant } from '../../db/locks.ts';
import { type Tx, tenantTx } from '../../db/tenant-tx.ts';
import { type AppliedUserUpdate, NO_TENANT, recordSyncBatch, type SyncContext, type SyncSettings } from '../context.ts';
import { findAppRole, type NamedRole, pullsRoles } from '../role-names.ts';
import { applyAppRole } from './app-role.ts';

const AT_START = { requestId: 'start', ip: null, userAgent: null };
const BY_SYSTEM = { type: 'system', id: 'default-tenant', sessionId: null } as const;
const BATCH = 500;

interface Newcomer {
  userId: string;
  /** public_metadata.role */
  role: string | null;
  /** The role they chose at sign-up. */
  chosenRole: string | null;
  ctx: SyncContext;
}

/**
 * Creates the tenant that DEFAULT_TENANT names, where it is missing, and adds all existing users to it. Throws ConfigError when
 * that tenant cannot be the default.
 */
export async function ensureDefaultTenant(db: Pick<Database, 'sync'>, settings: SyncSettings): Promise<void> {
  const tenantId = await tenantTx(db.sync, NO_TENANT, (tx) => markDefault(tx, settings.defaultTenant));
  if (!tenantId) return;
  const ctx = { actor: BY_SYSTEM, origin: AT_START, settings };
  for (let joined = BATCH; joined === BATCH; ) {
    joined = await tenantTx(db.sync, NO_TENANT, async (tx) => {
      const missing = await tx.$queryRaw<{ id: string; role: string | null }[]>`
        SELECT id, identity_role AS role FROM "user" person
        WHERE deleted_at IS NULL AND NOT EXISTS (
          SELECT 1 FROM membership WHERE tenant_id = ${tenantId}::uuid AND user_id = person.id)
        ORDER BY id LIMIT ${BATCH}`;
      const newcomers = missing.map(({ id, role }) => ({ userId: id, role, chosenRole: null, ctx }));
      if (newcomers.length > 0) await join(tx, tenantId, newcomers);
      return newcomers.length;
    });
  }
}

async function markDefault(tx: Tx, slug: string | null): Promise<string | null> {
  await lockTenant(tx, PLATFORM_TENANT_ID);
  await tx.$executeRaw`UPDATE tenant SET is_default = false WHERE is_default AND slug IS DISTINCT FROM ${slug}`;
  if (!slug) return null;
  const stored = await tx.tenant.findFirst({ where: { slug } });
  const objection = stored && objectionTo(stored);
  if (objection) throw new ConfigError([`DEFAULT_TENANT: ${slug} is ${objection}`]);
  const id = stored?.id ?? (await createDefault(tx, slug));
  if (!stored?.isDefault) await tx.$executeRaw`UPDATE tenant SET is_default = true WHERE id = ${id}::uuid`;
  return id;
}

/** The creator of an organization names it: a name that became free must not show its owner all users. */
function objectionTo({ kind, status, identityOrgId }: Tenant): string | null {
  if (kind === 'platform') return 'the platform itself';
  if (status === 'archived') return 'archived';
  return identityOrgId === null ? null : 'an organization of the identity provider, which says who belongs to it';
}

async function createDefault(tx: Tx, slug: string): Promise<string> {
  const name = slug.replaceAll('-', ' ').replace(/^./, (initial) => initial.toUpperCase());
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

/** All users belong to the default tenant, where there is one; public_metadata.role is their primary role there. */
export async function applyDefaultTenant(tx: Tx, applied: readonly AppliedUserUpdate[]): Promise<void> {
  const slug = applied[0]?.ctx.settings.defaultTenant;
  if (!slug) return;
  const tenant = await tx.tenant.findFirst({ where: { slug, isDefault: true, status: { not: 'archived' } } });
  if (!tenant) return;
  const ids = applied.map(({ user }) => user.id);
  const members = await tx.membership.findMany({
    where: { tenantId: tenant.id, userId: { in: ids } },
    select: { userId: true },
  });
  const isMember = (id: string) => members.some(({ userId }) => userId === id);
  const newcomers = applied.filter(({ user }) => !isMember(user.id));
  const withNewRole = applied.filter(
    ({ user, previousRole, ctx }) => isMember(user.id) && (ctx.reapplyRoles || user.role !== previousRole),
  );
  if (newcomers.length > 0) {
    await join(
      tx,
      tenant.id,
      newcomers.map(({ user, ctx }) => ({
        userId: user.id,
        role: user.role,
        chosenRole: user.chosenRole ?? null,
        ctx,
      })),
    );
  }
  if (withNewRole.length === 0) return;
  await lockTenant(tx, tenant.id);
  for (const { user, ctx } of withNewRole) await applyAppRole(tx, tenant.id, user, ctx);
}

/** An existing membership, even an ended one, stays as it is: a removed user does not come back with the next update. */
async function join(tx: Tx, tenantId: string, newcomers: readonly Newcomer[]): Promise<void> {
  await lockTenant(tx, tenantId);
  const roles = await tx.role.findMany({ where: { tenantId, deletedAt: null }, orderBy: { name: 'asc' } });
  const joins = newcomers.flatMap((newcomer) => {
    const role = initialRole(roles, newcomer);
    const common = { tenantId, source: 'identity', grantedBy: null } as const;
    return role ? [{ ...newcomer, ...common, roleIds: [role.id], joinedRole: { id: role.id, name: role.name } }] : [];
  });
  const joined = await joinTenant(tx, joins);
  await recordSyncBatch(
    tx,
    joined.map(({ memberId, userId, joinedRole, ctx }) => ({
      ctx,
      tenantId,
      action: 'member.joined',
      category: 'membership',
      subjectId: userId,
      target: { type: 'member', id: memberId, label: null },
      after: { status: 'active', roles: [joinedRole] },
    })),
  );
}

type Role = NamedRole & { isSelfAssignable: boolean };

function initialRole(roles: readonly Role[], { role, chosenRole, ctx }: Newcomer): Role | undefined {
  const mapped = pullsRoles(ctx.settings) ? findAppRole(roles, role) : undefined;
  const chosen = roles.find((one) => one.isSelfAssignable && !one.isOwner && one.key === chosenRole);
  return mapped ?? chosen ?? roles.find((one) => one.isDefault);
}
