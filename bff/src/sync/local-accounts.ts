import type { IdentityUserListener } from '../core/identity-provider.ts';
import type { Services } from '../core/services.ts';
import { tenantTx } from '../db/tenant-tx.ts';
import { applyUser } from './apply/user.ts';
import { contextForUser, NO_TENANT } from './context.ts';

/** Copies each account that the local identity provider creates or changes. */
export function createUserListener({ config, db }: Pick<Services, 'config' | 'db'>): IdentityUserListener {
  return async (user, origin) => {
    const ctx = contextForUser({ id: user.id, sessionId: null }, origin, config);
    await tenantTx(db.sync, NO_TENANT, (tx) => applyUser(tx, user, ctx));
  };
}
