import { hasOwner } from '../access/owner.ts';
import type { Tx } from '../db/tenant-tx.ts';
import { recordSync, type SyncCause } from './cause.ts';

/** The provider may take a tenant's last owner, where we may not: that is an alarm, and never a deletion. */
export async function noteOwnerless(tx: Tx, tenantId: string, cause: SyncCause): Promise<void> {
  if (await hasOwner(tx, tenantId)) return;
  // Not Prisma's update: the tenant's own row counts as unchanged, so that a reconciliation still looks for it at the provider.
  const [noted] = await tx.$queryRaw<{ since: Date }[]>`
    UPDATE tenant SET ownerless_since = clock_timestamp() WHERE id = ${tenantId}::uuid AND ownerless_since IS NULL
    RETURNING ownerless_since AS since`;
  if (!noted) return;
  await recordSync(tx, cause, {
    tenantId,
    action: 'tenant.updated',
    category: 'tenant',
    severity: 'critical',
    target: { type: 'tenant', id: tenantId, label: null },
    before: { ownerlessSince: null },
    after: { ownerlessSince: noted.since.toISOString() },
    reason: 'The identity provider took the last owner away',
  });
}
