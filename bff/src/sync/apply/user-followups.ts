import type { Tx } from '../../db/tenant-tx.ts';
import type { AppliedUserUpdate } from '../context.ts';
import { bootstrapOwner } from './bootstrap-owner.ts';
import { applyDefaultTenant } from './default-tenant.ts';

/**
 * What follows in the same transaction once people's words were taken, each person's last word only. Their locks are held;
 * tenants are locked here, in the order of their ids.
 */
export async function afterUsers(tx: Tx, taken: readonly AppliedUserUpdate[]): Promise<void> {
  for (const { user, cause } of taken) await bootstrapOwner(tx, user, cause);
  await applyDefaultTenant(tx, taken);
}
