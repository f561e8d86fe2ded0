import type { Origin } from '../core/actor.ts';
import type { Identity } from '../core/identity-provider.ts';
import type { Services } from '../core/services.ts';
import { tenantTx } from '../db/tenant-tx.ts';
import { bootstrapOwner } from './apply/bootstrap-owner.ts';
import { applyUser, ensureUser } from './apply/user.ts';
import { contextForUser, NO_TENANT } from './context.ts';

/**
 * Creates the copy of a user whose first request came before the provider's webhook, where the settings allow it. Returns
 * whether the user exists afterwards; a deleted user never does.
 */
export async function provisionUser(
  { config, db, identity }: Pick<Services, 'config' | 'db' | 'identity'>,
  { userId, sessionId, profile: claimed }: Identity,
  origin: Origin,
): Promise<boolean> {
  const isAllowed =
    identity.name !== 'clerk' || config.userProvisioning === 'first-request' || userId === config.bootstrapOwner;
  if (!isAllowed) return false;

  const profile = claimed ?? (await identity.fetchUser(userId));
  if (!profile && identity.name === 'local') return false;
  const ctx = contextForUser({ id: userId, sessionId }, origin, config);
  return tenantTx(db.sync, NO_TENANT, async (tx) => {
    if (profile) await applyUser(tx, profile, ctx);
    const stored = await ensureUser(tx, userId, ctx);
    if (stored.deletedAt) return false;
    if (!profile) await bootstrapOwner(tx, stored, ctx);
    return true;
  });
}
