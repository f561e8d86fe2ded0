import type { Tx } from './tenant-tx.ts';

// Locks end with their transaction. To avoid deadlocks they are acquired in one order: users, organizations, tenants by id, and
// last the permission catalogue, whose holder never waits for another lock.

/** Locks the tenant, so that changes to its access run one after the other and each sees the result of the previous one. */
export async function lockTenant(tx: Tx, tenantId: string): Promise<void> {
  await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`tenant:${tenantId}`}, 0))::text`;
}

/**
 * Locks the tenant, and takes a shared lock on the permission catalogue, which the trigger lock_catalogue() locks exclusively before a
 * change. One round trip for both.
 */
export async function lockTenantAndCatalogue(tx: Tx, tenantId: string): Promise<void> {
  await tx.$queryRaw`
    SELECT pg_advisory_xact_lock(hashtextextended(${`tenant:${tenantId}`}, 0))::text AS tenant,
      pg_advisory_xact_lock_shared(hashtextextended('catalogue', 0))::text AS catalogue`;
}
