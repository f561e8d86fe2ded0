import type { OnIdentityUser } from '../core/identity-provider.ts';
import type { Services } from '../core/services.ts';
import { tenantTx } from '../db/tenant-tx.ts';
import { applyUser } from './apply/user.ts';
import { contextForUser, NO_TENANT } from './context.ts';

/** What the local identity provider tells when it makes or changes an account. */
export function identityUserListener({ config, db }: Pick<Services, 'config' | 'db'>): OnIdentityUser {
  return async (user, origin) => {
    const cause = contextForUser({ id: user.id, sessionId: null }, origin, config);
    await tenantTx(db.sync, NO_TENANT, (tx) => applyUser(tx, user, cause));
  };
}
