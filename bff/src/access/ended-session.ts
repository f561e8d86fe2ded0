import type { PrismaClient } from '@rolecall/prisma/client';
import { unauthenticated } from '../core/errors.ts';

/** Throws not_signed_in when the provider has ended this session, although its token has not expired. */
export async function assertOpenSession(client: PrismaClient, sessionId: string): Promise<void> {
  const ended = await client.$queryRaw<unknown[]>`SELECT 1 FROM ended_session WHERE id = ${sessionId}`;
  if (ended.length > 0) throw unauthenticated('session_ended', `session ${sessionId}`);
}
