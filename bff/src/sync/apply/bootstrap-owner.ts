import { v7 as uuid } from 'uuid';
import { hasOwner } from '../../access/assignments/owner.ts';
import { replaceAssignments } from '../../access/assignments/replace.ts';
import { PLATFORM_TENANT_ID } from '../../access/permissions.ts';
import { normaliseEmail } from '../../core/email-address.ts';
import type { IdentityUser } from '../../core/identity-provider.ts';
import { lockTenant } from '../../db/locks.ts';
import type { Tx } from '../../db/tenant-tx.ts';
import { recordSync, type SyncContext } from '../context.ts';

type Person = Pick<IdentityUser, 'id' | 'email' | 'emailVerified' | 'banned'>;

/** Makes the person whom BOOTSTRAP_OWNER names the platform's owner, as long as it has none. */
export async function bootstrapOwner(tx: Tx, person: Person, cause: SyncContext): Promise<void> {
  if (!isNamed(person, cause.settings.bootstrapOwner) || person.banned) return;
  await lockTenant(tx, PLATFORM_TENANT_ID);
  if (await hasOwner(tx, PLATFORM_TENANT_ID)) return;
  const owner = await tx.role.findFirst({ where: { tenantId: PLATFORM_TENANT_ID, isOwner: true, deletedAt: null } });
  if (!owner) return;

  const membershipId = await join(tx, person.id);
  await replaceAssignments(tx, {
    tenantId: PLATFORM_TENANT_ID,
    memberId: membershipId,
    userId: person.id,
    by: null,
    wanted: [{ roleId: owner.id, isPrimary: true, validUntil: null }],
  });
  await recordSync(tx, cause, {
    action: 'member.joined',
    category: 'membership',
    severity: 'critical',
    subjectId: person.id,
    target: { type: 'member', id: membershipId, label: null },
    after: { status: 'active', roles: [{ id: owner.id, name: owner.name }] },
    reason: 'Named by BOOTSTRAP_OWNER while the platform had no owner',
  });
}

/** An e-mail names somebody only when the provider has verified it, and nobody by an id that looks like one. */
function isNamed(person: Person, bootstrapOwner: string | null): boolean {
  if (!bootstrapOwner) return false;
  const address = normaliseEmail(bootstrapOwner);
  if (address === null) return person.id === bootstrapOwner;
  return person.emailVerified && normaliseEmail(person.email ?? '') === address;
}

async function join(tx: Tx, userId: string): Promise<string> {
  const { sortName, searchText } = await tx.user.findFirstOrThrow({ where: { id: userId } });
  const { id } = await tx.membership.upsert({
    where: { tenantId_userId: { tenantId: PLATFORM_TENANT_ID, userId } },
    create: { tenantId: PLATFORM_TENANT_ID, id: uuid(), userId, source: 'bootstrap', sortName, searchText },
    update: { status: 'active', leftAt: null, version: { increment: 1 } },
    select: { id: true },
  });
  return id;
}
