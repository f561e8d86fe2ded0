import { lockTenant } from '../../db/locks.ts';
import type { Tx } from '../../db/tenant-tx.ts';
import { type FinalStatus, lockUser, type SyncContext } from '../context.ts';
import { endMembership } from './membership-end.ts';
import { recordUser } from './user.ts';

const ERASED = {
  email: null,
  emailKey: null,
  emailVerified: false,
  firstName: null,
  lastName: null,
  name: 'Deleted person',
  imageUrl: null,
  sortName: 'deleted person',
  searchText: 'deleted person',
  identityRole: null,
  lastSignInAt: null,
};

/** Replaces the user by a tombstone for good: the id stays, so that history stays complete; personal data is erased. */
export async function applyUserDeleted(tx: Tx, id: string, ctx: SyncContext): Promise<FinalStatus> {
  await lockUser(tx, id);
  const stored = await tx.user.findFirst({ where: { id }, select: { deletedAt: true } });
  if (stored?.deletedAt) return 'ignored';

  const tombstone = { ...ERASED, deletedAt: new Date() };
  await tx.user.upsert({ where: { id }, create: { id, ...tombstone }, update: tombstone });
  await recordUser(tx, id, ctx, { action: 'user.deleted', severity: 'notice' });
  await endAllMemberships(tx, id, ctx);
  await erasePersonalData(tx, id);
  return 'applied';
}

async function endAllMemberships(tx: Tx, userId: string, ctx: SyncContext): Promise<void> {
  const where = { userId, status: { not: 'left' as const } };
  const tenants = await tx.membership.findMany({ where, select: { tenantId: true }, orderBy: { tenantId: 'asc' } });
  for (const { tenantId } of tenants) await lockTenant(tx, tenantId);
  for (const membership of await tx.membership.findMany({ where })) await endMembership(tx, membership, ctx);
}

// Skips an event that is being applied: it waits for this user's lock, and will find itself too late.
async function erasePersonalData(tx: Tx, userId: string): Promise<void> {
  const { sortName, searchText } = ERASED;
  await tx.membership.updateMany({ where: { userId }, data: { sortName, searchText } });
  await tx.auditSubject.updateMany({
    where: { userId },
    data: { name: null, email: null, searchText: '', salt: null, erasedAt: new Date() },
  });
  await tx.$executeRaw`
    UPDATE webhook_event
    SET payload = jsonb_build_object('type', type, 'data', jsonb_build_object('id', object_id)), next_attempt_at = NULL,
      status = CASE WHEN status = 'applied' THEN status ELSE 'ignored' END
    WHERE id IN (
      SELECT id FROM webhook_event WHERE object_id = ${userId} AND type IN ('user.created', 'user.updated')
      FOR UPDATE SKIP LOCKED)`;
}
