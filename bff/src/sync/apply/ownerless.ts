import { hasOwner } from '../../access/assignments/owner.ts';
import type { Tx } from '../../db/tenant-tx.ts';
import { recordSync, type SyncContext } from '../context.ts';

/** The provider may remove a tenant's last owner, which the console refuses. The tenant stays, and an alarm is raised. */
export async function raiseOwnerlessAlarm(tx: Tx, tenantId: string, ctx: SyncContext): Promise<void> {
  if (await hasOwner(tx, tenantId)) return;
  const since = new Date();
  const { count } = await tx.tenant.updateMany({
    where: { id: tenantId, ownerlessSince: null },
    data: { ownerlessSince: since },
  });
  if (count === 0) return;
  await recordSync(tx, ctx, {
    tenantId,
    action: 'tenant.updated',
    category: 'tenant',
    severity: 'critical',
    target: { type: 'tenant', id: tenantId, label: null },
    before: { ownerlessSince: null },
    after: { ownerlessSince: since.toISOString() },
    reason: 'The identity provider removed the last owner',
  });
}
