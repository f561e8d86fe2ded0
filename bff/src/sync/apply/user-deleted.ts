import { lockTenant } from '../../db/locks.ts';
import type { Tx } from '../../db/tenant-tx.ts';
import { type Applied, lockUser, type SyncContext } from '../context.ts';
import { endMembership } from './membership-end.ts';
import { recordUser } from './user.ts';

const ERASED = {
  email: null,
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

/** Leaves a tombstone that nothing brings back: the id stays, so that history stays whole; what tells who it was goes. */
export async function applyUserDeleted(tx: Tx, id: string, cause: SyncContext): Promise<Applied> {
  await lockUser(tx, id);
  const stored = await tx.user.findFirst({ where: { id }, select: { deletedAt: true } });
  if (stored?.deletedAt) return 'ignored';

  const tombstone = { ...ERASED, deletedAt: new Date() };
  await tx.user.upsert({ where: { id }, create: { id, ...tombstone }, update: tombstone });
  await recordUser(tx, id, cause, { action: 'user.deleted', severity: 'notice' });
  await leaveEverywhere(tx, id, cause);
  await eraseTraces(tx, id);
  return 'applied';
}

async function leaveEverywhere(tx: Tx, userId: string, cause: SyncContext): Promise<void> {
  const where = { userId, status: { not: 'left' as const } };
  const tenants = await tx.membership.findMany({ where, select: { tenantId: true }, orderBy: { tenantId: 'asc' } });
  for (const { tenantId } of tenants) await lockTenant(tx, tenantId);
  for (const membership of await tx.membership.findMany({ where })) await endMembership(tx, membership, cause);
}

// A message that is being applied is left out: it waits for this person's lock, and will find that it came too late.
async function eraseTraces(tx: Tx, userId: string): Promise<void> {
  const { sortName, searchText } = ERASED;
  await tx.membership.updateMany({ where: { userId }, data: { sortName, searchText } });
  await tx.auditSubject.updateMany({
    where: { userId },
    data: { name: null, email: null, salt: null, erasedAt: new Date() },
  });
  await tx.$executeRaw`
    UPDATE webhook_event
    SET payload = jsonb_build_object('type', type, 'data', jsonb_build_object('id', object_id)), next_attempt_at = NULL,
      status = CASE WHEN status = 'applied' THEN status ELSE 'ignored' END
    WHERE id IN (
      SELECT id FROM webhook_event WHERE object_id = ${userId} AND type IN ('user.created', 'user.updated')
      FOR UPDATE SKIP LOCKED)`;
}
