import type { Tx } from '../db/tenant-tx.ts';
import type { IdentityUser } from '../identity/provider.ts';
import { bootstrapOwner } from './bootstrap.ts';
import type { SyncCause } from './cause.ts';
import { applyDefaultTenant } from './default-tenant.ts';

/** A word of the provider's that was taken: the person is as it says now. */
export interface TakenWord {
  user: IdentityUser;
  cause: SyncCause;
  isNew: boolean;
  /** public_metadata.role as it was before. */
  roleBefore: string | null;
}

/**
 * What follows in the same transaction once people's words were taken, each person's last word only. Their locks are held;
 * tenants are locked here, in the order of their ids.
 */
export async function afterUsers(tx: Tx, taken: readonly TakenWord[]): Promise<void> {
  for (const { user, cause } of taken) await bootstrapOwner(tx, user, cause);
  await applyDefaultTenant(tx, taken);
}
