import { joinTenant } from '../../access/assignments/join-tenant.ts';
import type { IdentityMembership } from '../../core/identity-provider.ts';
import { roleRef } from '../../core/schema.ts';
import { lockTenant } from '../../db/locks.ts';
import type { Tx } from '../../db/tenant-tx.ts';
import { recordSyncBatch, type SyncContext } from '../context.ts';
import { findOrganizationRole, pullsRoles } from '../role-names.ts';

interface MembershipUpdate {
  item: IdentityMembership;
  ctx: SyncContext;
}

interface NewMember {
  /** The provider's id of the membership. */
  identityId: string;
  tenantId: string;
  hasOwner: boolean;
}

/**
 * Applies in one batch the updates that need no decision: the user was never a member, user and tenant exist, and the tenant has
 * an owner. Does for these what applyMembership does for one, and returns the others. The caller holds the locks of users and
 * organizations.
 */
export async function joinMembers<U extends MembershipUpdate>(tx: Tx, updates: readonly U[]): Promise<U[]> {
  const newMembers = await findNewMembers(
    tx,
    updates.map(({ item }) => item),
  );
  const tenantIds = [...new Set([...newMembers.values()].map(({ tenantId }) => tenantId))].sort();
  for (const tenantId of tenantIds) await lockTenant(tx, tenantId);
  const roles = await tx.role.findMany({
    where: { tenantId: { in: tenantIds }, deletedAt: null },
    orderBy: { name: 'asc' },
  });
  const roleFor = (tenantId: string, { item, ctx }: MembershipUpdate) => {
    const own = roles.filter((role) => role.tenantId === tenantId);
    const named = pullsRoles(ctx.settings) ? findOrganizationRole(own, item.role) : undefined;
    return named ?? own.find((role) => role.isDefault);
  };

  const joins = updates.flatMap((update) => {
    const newMember = newMembers.get(update.item.id);
    const role = newMember?.hasOwner ? roleFor(newMember.tenantId, update) : undefined;
    if (!newMember || !role) return [];
    const { userId } = update.item;
    const { tenantId } = newMember;
    const common = { source: 'identity', grantedBy: null, identity: update.item } as const;
    return [{ ...common, tenantId, userId, roleIds: [role.id], role, ctx: update.ctx }];
  });
  const joined = await joinTenant(tx, joins);
  await recordSyncBatch(
    tx,
    joined.map(({ ctx, tenantId, userId, memberId, role, identity }) => ({
      ctx,
      tenantId,
      action: 'member.joined',
      category: 'membership',
      subjectId: userId,
      target: { type: 'member', id: memberId, label: null },
      after: { status: 'active', roles: [roleRef(role)] },
      context: { identityRole: identity.role },
    })),
  );
  const done = new Set(joined.map(({ identity }) => identity.id));
  return updates.filter(({ item }) => !done.has(item.id));
}

/** The memberships whose user was never a member of the tenant, by the provider's id. */
async function findNewMembers(tx: Tx, memberships: readonly IdentityMembership[]): Promise<Map<string, NewMember>> {
  const input = memberships.map(({ id, userId, organization }) => ({ id, userId, organizationId: organization.id }));
  const rows = await tx.$queryRaw<NewMember[]>`
    SELECT DISTINCT ON (tenant.id, person.id) input.id AS "identityId", tenant.id::text AS "tenantId", 
      tenant_has_owner(tenant.id) AS "hasOwner"
    FROM jsonb_to_recordset(${JSON.stringify(input)}::jsonb) AS input (id text, "userId" text, "organizationId" text)
    JOIN tenant ON tenant.identity_org_id = input."organizationId" AND tenant.status <> 'archived'
    JOIN "user" person ON person.id = input."userId" AND person.deleted_at IS NULL
    WHERE NOT EXISTS (SELECT 1 FROM membership WHERE membership.tenant_id = tenant.id AND membership.user_id = person.id)
    ORDER BY tenant.id, person.id, input.id DESC`;
  return new Map(rows.map((row) => [row.identityId, row]));
}
