import { joinOrRejoinTenant } from '../../access/assignments/join-tenant.ts';
import { hasOwner } from '../../access/assignments/owner.ts';
import { PLATFORM_TENANT_ID } from '../../access/permissions.ts';
import type { IdentityUser } from '../../core/identity-provider.ts';
import { roleRef } from '../../core/schema.ts';
import { emailKey, isSameEmail } from '../../core/text/email-address.ts';
import { lockTenant } from '../../db/locks.ts';
import type { Tx } from '../../db/tenant-tx.ts';
import { recordSync, type SyncContext } from '../context.ts';

type Candidate = Pick<IdentityUser, 'id' | 'email' | 'emailVerified' | 'banned'>;

/** Makes the user whom BOOTSTRAP_OWNER names the platform's owner, as long as it has none. */
export async function bootstrapOwner(tx: Tx, user: Candidate, ctx: SyncContext): Promise<void> {
  if (!isNamed(user, ctx.settings.bootstrapOwner) || user.banned) return;
  await lockTenant(tx, PLATFORM_TENANT_ID);
  if (await hasOwner(tx, PLATFORM_TENANT_ID)) return;
  const owner = await tx.role.findFirst({ where: { tenantId: PLATFORM_TENANT_ID, isOwner: true, deletedAt: null } });
  if (!owner) return;

  const membershipId = await joinOrRejoinTenant(tx, {
    tenantId: PLATFORM_TENANT_ID,
    userId: user.id,
    source: 'bootstrap',
    roleIds: [owner.id],
    grantedBy: null,
  });
  await recordSync(tx, ctx, {
    action: 'member.joined',
    category: 'membership',
    severity: 'critical',
    subjectId: user.id,
    target: { type: 'member', id: membershipId, label: null },
    after: { status: 'active', roles: [roleRef(owner)] },
    reason: 'Named by BOOTSTRAP_OWNER while the platform had no owner',
  });
}

/** An e-mail address counts only if the provider has verified it; a value that looks like an address is never an id. */
function isNamed(user: Candidate, bootstrapOwner: string | null): boolean {
  if (!bootstrapOwner) return false;
  if (emailKey(bootstrapOwner) === null) return user.id === bootstrapOwner;
  return user.emailVerified && isSameEmail(user.email ?? '', bootstrapOwner);
}
