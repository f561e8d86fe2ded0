import type { Tx } from '../db/tenant-tx.ts';
import { recordSync, type SyncCause } from './cause.ts';

/** As the database asks it when a transaction ends: somebody active holds an owner role without an end. */
export async function hasOwner(tx: Tx, tenantId: string): Promise<boolean> {
  const [answer] = await tx.$queryRaw<{ found: boolean }[]>`
    SELECT EXISTS (
      SELECT 1 FROM membership_role held
      JOIN role ON role.tenant_id = held.tenant_id AND role.id = held.role_id AND role.is_owner
      JOIN membership ON membership.tenant_id = held.tenant_id AND membership.id = held.membership_id
      WHERE held.tenant_id = ${tenantId}::uuid AND held.ended_at IS NULL AND held.valid_until IS NULL
        AND membership.status = 'active'
    ) AS found`;
  return answer?.found ?? false;
}

/** The provider may take a tenant's last owner, where we may not: that is an alarm, and never a deletion. */
export async function noteOwnerless(tx: Tx, tenantId: string, cause: SyncCause): Promise<void> {
  if (await hasOwner(tx, tenantId)) return;
  const since = new Date();
  const { count } = await tx.tenant.updateMany({
    where: { id: tenantId, ownerlessSince: null },
    data: { ownerlessSince: since },
  });
  if (count === 0) return;
  await recordSync(tx, cause, {
    tenantId,
    action: 'tenant.updated',
    category: 'tenant',
    severity: 'critical',
    target: { type: 'tenant', id: tenantId, label: null },
    before: { ownerlessSince: null },
    after: { ownerlessSince: since.toISOString() },
    reason: 'The identity provider took the last owner away',
  });
}

/** Call after an owner was found for a tenant. */
export const clearOwnerless = (tx: Tx, tenantId: string) =>
  tx.tenant.updateMany({ where: { id: tenantId, ownerlessSince: { not: null } }, data: { ownerlessSince: null } });
