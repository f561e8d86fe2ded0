import { z } from 'zod';
import { PLATFORM_TENANT_ID } from '../../access/permissions.ts';
import { providerInstant } from '../../core/values/instant.ts';
import type { Tx } from '../../db/tenant-tx.ts';
import { type FinalStatus, lockUser, type SyncContext } from '../context.ts';
import { recordUser } from './user.ts';

export const ClerkSession = z.looseObject({
  id: z.string().min(1).max(255),
  user_id: z.string().min(1).max(255),
  created_at: z.number(),
});
type ClerkSession = z.infer<typeof ClerkSession>;

/** Longer than the lifetime of any session token. */
const RETENTION = '2 days';

const ENDS = ['session.signed_out', 'session.revoked', 'session.expired', 'session.ended'];

/** Records that a session started or ended. Repetitions, such as an event that is replayed, record nothing and return false. */
export async function recordSession(
  tx: Tx,
  { id, userId, action }: { id: string; userId: string; action: string },
  ctx: SyncContext,
): Promise<boolean> {
  await lockUser(tx, userId);
  const same = ENDS.includes(action) ? ENDS : [action];
  const recorded = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM audit_log WHERE tenant_id = ${PLATFORM_TENANT_ID}::uuid AND target_id = ${id} AND action = ANY (${same}) LIMIT 1`;
  if (recorded.length > 0) return false;
  await recordUser(tx, userId, ctx, { action, category: 'session', target: { type: 'session', id, label: null } });
  return true;
}

/** Records the session, and the user's last sign-in. Sessions themselves are the provider's. */
export async function applySessionStarted(tx: Tx, session: ClerkSession, ctx: SyncContext): Promise<FinalStatus> {
  const { id, user_id: userId, created_at } = session;
  await lockUser(tx, userId);
  const deleted = await tx.user.count({ where: { id: userId, deletedAt: { not: null } } });
  if (deleted > 0) return 'ignored';
  const at = new Date(providerInstant(created_at));
  await tx.$executeRaw`
    UPDATE "user" SET last_sign_in_at = ${at}, updated_at = now()
    WHERE id = ${userId} AND (last_sign_in_at IS NULL OR last_sign_in_at < ${at})`;
  return (await recordSession(tx, { id, userId, action: 'session.started' }, ctx)) ? 'applied' : 'ignored';
}

/** Revokes the session: its tokens are refused from now on, even before they expire. */
export async function applySessionEnded(tx: Tx, session: ClerkSession, ctx: SyncContext): Promise<FinalStatus> {
  const ended = await tx.$executeRaw`
    INSERT INTO ended_session (id, user_id) VALUES (${session.id}, ${session.user_id}) ON CONFLICT (id) DO NOTHING`;
  if (ended === 0) return 'ignored';
  await recordSession(tx, { id: session.id, userId: session.user_id, action: 'session.ended' }, ctx);
  return 'applied';
}

/** Deletes ended sessions whose tokens have all expired. */
export const purgeEndedSessions = (client: Pick<Tx, '$executeRaw'>): Promise<number> =>
  client.$executeRaw`DELETE FROM ended_session WHERE ended_at < clock_timestamp() - ${RETENTION}::interval`;
