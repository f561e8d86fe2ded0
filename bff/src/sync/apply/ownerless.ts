import { hasOwner } from '../../access/assignments/owner.ts';
import type { Tx } from '../../db/tenant-tx.ts';
import { recordSync, type SyncContext } from '../context.ts';

/** The provider may take a tenant's last owner, where we may not: that is an alarm, and never a deletion. */
export async function noteOwnerless(tx: Tx, tenantId: string, cause: SyncContext): Promise<void> {
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
