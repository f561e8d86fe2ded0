import { z } from 'zod';
import type { Tx } from '../../db/tenant-tx.ts';
import { milliseconds } from '../../identity/clerk/user.ts';
import { type Applied, lockUser, type SyncContext } from '../context.ts';
import { recordUser } from './user.ts';

export const ClerkSession = z.looseObject({
  id: z.string().min(1).max(255),
  user_id: z.string().min(1).max(255),
  created_at: z.number(),
});
type ClerkSession = z.infer<typeof ClerkSession>;

/** Longer than any token of a session lives. */
const KEPT_FOR = '2 days';

/** Somebody signed in. Sessions are the provider's to record; we keep when the last one began. */
export async function applySessionStarted(tx: Tx, session: ClerkSession): Promise<Applied> {
  await lockUser(tx, session.user_id);
  const at = new Date(milliseconds(session.created_at));
  const moved = await tx.$executeRaw`
    UPDATE "user" SET last_sign_in_at = ${at}, updated_at = now()
    WHERE id = ${session.user_id} AND deleted_at IS NULL AND (last_sign_in_at IS NULL OR last_sign_in_at < ${at})`;
  return moved > 0 ? 'applied' : 'ignored';
}

/** From now on no token of this session is good, whatever it says of its own end. */
export async function applySessionEnded(tx: Tx, session: ClerkSession, cause: SyncContext): Promise<Applied> {
  const ended = await tx.$executeRaw`
    INSERT INTO ended_session (id, user_id) VALUES (${session.id}, ${session.user_id}) ON CONFLICT (id) DO NOTHING`;
  if (ended === 0) return 'ignored';
  await recordUser(tx, session.user_id, cause, {
    action: 'session.ended',
    category: 'session',
    target: { type: 'session', id: session.id, label: null },
  });
  return 'applied';
}

/** Forgets ended sessions of which no token can be good any more. */
export const forgetEndedSessions = (client: Pick<Tx, '$executeRaw'>): Promise<number> =>
  client.$executeRaw`DELETE FROM ended_session WHERE ended_at < clock_timestamp() - ${KEPT_FOR}::interval`;
