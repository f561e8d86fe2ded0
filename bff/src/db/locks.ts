import type { Tx } from './tenant-tx.ts';

// Locks end with their transaction. To avoid deadlocks they are taken in one order: users, organizations, tenants by id, and last the
// permission catalogue: nothing that holds it waits for one of the others.

/** Locks the tenant, so that changes to its access come one after the other and each sees the result of the one before. */
export async function lockTenant(tx: Tx, tenantId: string): Promise<void> {
  await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`tenant:${tenantId}`}, 0))::text`;
}

/**
 * Locks the tenant, and shares the lock of the permission catalogue, which a trigger takes alone before it changes: see
 * lock_catalogue(). One round trip for both.
 */
export async function lockTenantAndCatalogue(tx: Tx, tenantId: string): Promise<void> {
  await tx.$queryRaw`
    SELECT pg_advisory_xact_lock(hashtextextended(${`tenant:${tenantId}`}, 0))::text AS tenant,
      pg_advisory_xact_lock_shared(hashtextextended('catalogue', 0))::text AS catalogue`;
}
