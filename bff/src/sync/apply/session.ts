import { z } from 'zod';
import type { Tx } from '../../db/tenant-tx.ts';
import { milliseconds } from '../../identity/clerk/user.ts';
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

/** Records the user's last sign-in. Sessions themselves are the provider's. */
export async function applySessionStarted(tx: Tx, session: ClerkSession): Promise<FinalStatus> {
  await lockUser(tx, session.user_id);
  const at = new Date(milliseconds(session.created_at));
  const updated = await tx.$executeRaw`
    UPDATE "user" SET last_sign_in_at = ${at}, updated_at = now()
    WHERE id = ${session.user_id} AND deleted_at IS NULL AND (last_sign_in_at IS NULL OR last_sign_in_at < ${at})`;
  return updated > 0 ? 'applied' : 'ignored';
}

/** Revokes the session: its tokens are refused from now on, even before they expire. */
export async function applySessionEnded(tx: Tx, session: ClerkSession, ctx: SyncContext): Promise<FinalStatus> {
  const ended = await tx.$executeRaw`
    INSERT INTO ended_session (id, user_id) VALUES (${session.id}, ${session.user_id}) ON CONFLICT (id) DO NOTHING`;
  if (ended === 0) return 'ignored';
  await recordUser(tx, session.user_id, ctx, {
    action: 'session.ended',
    category: 'session',
    target: { type: 'session', id: session.id, label: null },
  });
  return 'applied';
}

/** Deletes ended sessions whose tokens have all expired. */
export const purgeEndedSessions = (client: Pick<Tx, '$executeRaw'>): Promise<number> =>
  client.$executeRaw`DELETE FROM ended_session WHERE ended_at < clock_timestamp() - ${RETENTION}::interval`;
