import { clearOwnerlessAlarm, hasOwner } from '../../access/assignments/owner.ts';
import type { Database } from '../../core/services.ts';
import { lockTenant } from '../../db/locks.ts';
import { type Tx, tenantTx } from '../../db/tenant-tx.ts';
import { type AppliedUserUpdate, NO_TENANT, recordSync, type SyncContext } from '../context.ts';

const REMOVED = 'The identity provider removed the last owner';
const BANNED = 'The identity provider banned the last owner';
export const CANNOT_ACT = 'No owner can act';
const CAN_ACT = 'An owner can act again';

/**
 * The provider may remove or ban a tenant's last owner, which the console refuses. The tenant stays, and an alarm is raised. The caller
 * holds the tenant's lock.
 */
export async function raiseOwnerlessAlarm(tx: Tx, tenantId: string, ctx: SyncContext, reason = REMOVED): Promise<void> {
  if (await hasOwner(tx, tenantId)) return;
  const since = new Date();
  const { count } = await tx.tenant.updateMany({
    where: { id: tenantId, ownerlessSince: null },
    data: { ownerlessSince: since },
  });
  if (count === 0) return;
  const change = { before: { ownerlessSince: null }, after: { ownerlessSince: since.toISOString() } };
  await recordTenant(tx, tenantId, ctx, { severity: 'critical', ...change, reason });
}

/** Raises the alarm of tenants whose last owner was banned, and ends it where an owner can act again. Locks these tenants. */
export async function reviewOwners(tx: Tx, applied: readonly AppliedUserUpdate[]): Promise<void> {
  const changed = new Map(
    applied.filter(({ user, wasBanned }) => user.banned !== wasBanned).map(({ user, ctx }) => [user.id, ctx]),
  );
  if (changed.size === 0) return;
  // With the default tenant, which the caller may lock next: tenants are locked in the order of their ids.
  const tenants = await tx.$queryRaw<{ id: string; userId: string | null }[]>`
    SELECT tenant_id::text AS id, min(user_id) AS "userId" FROM (
      SELECT member.tenant_id, member.user_id FROM membership member
      JOIN membership_role assignment ON assignment.tenant_id = member.tenant_id AND assignment.membership_id = member.id
      JOIN role ON role.tenant_id = assignment.tenant_id AND role.id = assignment.role_id AND role.is_owner
      WHERE member.user_id = ANY (${[...changed.keys()]}::text[]) AND assignment.ended_at IS NULL
      UNION ALL SELECT id, NULL FROM tenant WHERE is_default
    ) affected GROUP BY tenant_id ORDER BY tenant_id`;
  if (tenants.every(({ userId }) => userId === null)) return;
  for (const { id } of tenants) await lockTenant(tx, id);
  for (const { id, userId } of tenants) {
    const ctx = changed.get(userId ?? '');
    if (!ctx) continue;
    await endOwnerlessAlarm(tx, id, ctx);
    await raiseOwnerlessAlarm(tx, id, ctx, BANNED);
  }
}

/** Raises the alarms that are missing, such as those of bans before there was one. */
export async function reviewAllOwners({ sync }: Pick<Database, 'sync'>, ctx: SyncContext): Promise<void> {
  const tenants = await sync.$queryRaw<{ id: string }[]>`
    SELECT id::text FROM tenant
    WHERE ownerless_since IS NULL AND status <> 'archived' AND NOT tenant_has_owner(id) AND EXISTS (
      SELECT 1 FROM membership_role assignment
      JOIN role ON role.tenant_id = assignment.tenant_id AND role.id = assignment.role_id AND role.is_owner
      WHERE assignment.tenant_id = tenant.id)`;
  for (const { id } of tenants) {
    await tenantTx(sync, NO_TENANT, async (tx) => {
      await lockTenant(tx, id);
      await raiseOwnerlessAlarm(tx, id, ctx, CANNOT_ACT);
    });
  }
}

async function endOwnerlessAlarm(tx: Tx, tenantId: string, ctx: SyncContext): Promise<void> {
  const { ownerlessSince } = await tx.tenant.findFirstOrThrow({ where: { id: tenantId } });
  if (!ownerlessSince || (await clearOwnerlessAlarm(tx, [tenantId])) === 0) return;
  const change = { before: { ownerlessSince: ownerlessSince.toISOString() }, after: { ownerlessSince: null } };
  await recordTenant(tx, tenantId, ctx, { severity: 'notice', ...change, reason: CAN_ACT });
}

type Alarm = Pick<Parameters<typeof recordSync>[2], 'severity' | 'before' | 'after' | 'reason'>;

const recordTenant = (tx: Tx, tenantId: string, ctx: SyncContext, alarm: Alarm) =>
  recordSync(tx, ctx, {
    tenantId,
    action: 'tenant.updated',
    category: 'tenant',
    target: { type: 'tenant', id: tenantId, label: null },
    ...alarm,
  });
