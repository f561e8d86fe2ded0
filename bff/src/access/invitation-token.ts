import { createHash, randomBytes } from 'node:crypto';
import type { Database } from '../core/services.ts';
import { tenantRead } from '../db/tenant-tx.ts';

/** Returns 256 random bits. Only the hash is stored. */
export const newToken = (): string => randomBytes(32).toString('base64url');

export const hashToken = (token: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(createHash('sha256').update(token).digest());

/** Returns the key of the address that an open invitation is for, or null. */
export async function invitedEmailKey(db: Pick<Database, 'server'>, token: string): Promise<string | null> {
  const [found] = await tenantRead(
    db.server,
    { tenantId: null, userId: null },
    (client) =>
      client.$queryRaw<{ email_key: string | null }[]>`SELECT invited_email_key(${hashToken(token)}) AS email_key`,
  );
  return found?.email_key ?? null;
}
