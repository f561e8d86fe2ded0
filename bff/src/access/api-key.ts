import { createHash, randomBytes } from 'node:crypto';
import type { PrismaClient } from '@rolecall/prisma/client';

const PREFIX_LENGTH = 12;

/** Returns 256 random bits with a prefix that secret scanners recognize. Only the hash is stored. */
export const newApiKey = (): string => `rck_${randomBytes(32).toString('base64url')}`;

/** Returns the part of a key that lists show: enough to distinguish it, nothing to guess it by. */
export const prefixOf = (key: string): string => key.slice(0, PREFIX_LENGTH);

export const hashApiKey = (key: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(createHash('sha256').update(key).digest());

export interface ActiveApiKey {
  tenantId: string;
  id: string;
  lastUsedAt: Date | null;
}

/** Finds a key in any tenant. Null for unknown, expired and revoked keys alike. */
export async function findActiveApiKey(
  client: Pick<PrismaClient, '$queryRaw'>,
  key: string,
): Promise<ActiveApiKey | null> {
  const [found] = await client.$queryRaw<{ tenant_id: string; key_id: string; last_used_at: Date | null }[]>`
    SELECT tenant_id::text, key_id::text, last_used_at FROM api_key_of_hash(${hashApiKey(key)})`;
  return found ? { tenantId: found.tenant_id, id: found.key_id, lastUsedAt: found.last_used_at } : null;
}
