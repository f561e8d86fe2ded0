import type { Tx } from './tenant-tx.ts';

// Locks end with their transaction. To avoid deadlocks they are acquired in one order: users, organizations, tenants by id, and
// last the permission catalogue, whose holder never waits for another lock. A change locks its tenant and the catalogue by enter_change().

/** Locks the tenant, so that changes to its access run one after the other and each sees the result of the previous one. */
export async function lockTenant(tx: Tx, tenantId: string): Promise<void> {
  await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`tenant:${tenantId}`}, 0))::text`;
}
