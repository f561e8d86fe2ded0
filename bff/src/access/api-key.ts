import { createHash, randomBytes } from 'node:crypto';
import type { PrismaClient } from '@rolecall/prisma/client';

const SHOWN = 12;

/** 256 random bits, with a head by which people and secret scanners know what it is. Only its hash is ever stored. */
export const newApiKey = (): string => `rck_${randomBytes(32).toString('base64url')}`;

/** What lists show of a key: enough to tell it from others, nothing to guess it by. */
export const prefixOf = (key: string): string => key.slice(0, SHOWN);

export const hashApiKey = (key: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(createHash('sha256').update(key).digest());

export interface ActiveApiKey {
  tenantId: string;
  id: string;
  lastUsedAt: Date | null;
}

/** The key of this text, wherever it lies. Null when it is unknown, expired or revoked: the look-up is the same. */
export async function findActiveApiKey(
  client: Pick<PrismaClient, '$queryRaw'>,
  key: string,
): Promise<ActiveApiKey | null> {
  const [found] = await client.$queryRaw<{ tenant_id: string; key_id: string; last_used_at: Date | null }[]>`
    SELECT tenant_id::text, key_id::text, last_used_at FROM api_key_of_hash(${hashApiKey(key)})`;
  return found ? { tenantId: found.tenant_id, id: found.key_id, lastUsedAt: found.last_used_at } : null;
}
