import type { Origin } from '../core/actor.ts';
import { actorOf, type ClaimedProfile, type Identity, type IdentityUser } from '../core/identity-provider.ts';
import type { Services } from '../core/services.ts';
import { type Tx, tenantTx } from '../db/tenant-tx.ts';
import { bootstrapOwner } from './apply/bootstrap-owner.ts';
import { applyUser, ensureUser } from './apply/user.ts';
import { contextForUser, lockUser, NO_TENANT } from './context.ts';

/**
 * Creates the copy of a user whose first request came before the provider's webhook, where the settings allow it. Returns
 * whether the user exists afterwards; a deleted user never does.
 */
export async function provisionUser(
  { config, db, identity }: Pick<Services, 'config' | 'db' | 'identity'>,
  caller: Identity,
  origin: Origin,
): Promise<boolean> {
  const { userId, profile: claimed } = caller;
  const isAllowed =
    identity.name !== 'clerk' || config.userProvisioning === 'first-request' || userId === config.bootstrapOwner;
  if (!isAllowed) return false;

  const fetched = claimed ? null : await identity.fetchUser(userId);
  if (!fetched && identity.name === 'local') return false;
  const ctx = contextForUser(actorOf(caller), origin, config);
  return tenantTx(db.sync, NO_TENANT, async (tx) => {
    const profile = claimed ? await completed(tx, claimed) : fetched;
    if (profile) await applyUser(tx, profile, ctx);
    const stored = await ensureUser(tx, userId, ctx);
    if (stored.deletedAt) return false;
    if (!profile) await bootstrapOwner(tx, stored, ctx);
    return true;
  });
}

/** Returns the whole user: what the token says, and what is known where it says nothing. */
async function completed(tx: Tx, claimed: ClaimedProfile): Promise<IdentityUser> {
  await lockUser(tx, claimed.id);
  const known = await tx.user.findFirst({ where: { id: claimed.id } });
  return {
    email: known?.email ?? null,
    emailVerified: known?.emailVerified ?? false,
    firstName: known?.firstName ?? null,
    lastName: known?.lastName ?? null,
    imageUrl: known?.imageUrl ?? null,
    banned: known?.banned ?? false,
    locked: known?.locked ?? false,
    role: known?.identityRole ?? null,
    createdAt: claimed.updatedAt,
    lastSignInAt: null,
    ...claimed,
  };
}
