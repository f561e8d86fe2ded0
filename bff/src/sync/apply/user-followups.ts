import type { Tx } from '../../db/tenant-tx.ts';
import type { AppliedUserUpdate } from '../context.ts';
import { bootstrapOwner } from './bootstrap-owner.ts';
import { applyDefaultTenant } from './default-tenant.ts';
import { reviewOwners } from './ownerless.ts';

/**
 * Applies what follows from user updates, in the same transaction and for the last update of each user. The caller holds the locks
 * of the users; the platform is locked here, then other tenants.
 */
export async function afterUsers(tx: Tx, applied: readonly AppliedUserUpdate[]): Promise<void> {
  for (const { user, ctx } of applied) await bootstrapOwner(tx, user, ctx);
  await reviewOwners(tx, applied);
  await applyDefaultTenant(tx, applied);
}
