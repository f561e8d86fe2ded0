import { createHash, randomBytes } from 'node:crypto';
import { Prisma } from '@rolecall/prisma/client';
import { permitRows, setTenant } from '../db/scope.ts';

const PREFIX_LENGTH = 12;

/** Returns 256 random bits with a prefix that secret scanners recognize. Only the hash is stored. */
export const newApiKey = (): string => `rck_${randomBytes(32).toString('base64url')}`;

/** Returns the part of a key that lists show: enough to distinguish it, nothing to guess it by. */
export const prefixOf = (key: string): string => key.slice(0, PREFIX_LENGTH);

export const hashApiKey = (key: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(createHash('sha256').update(key).digest());

/** Returns the active API key. What follows in the batch is for its tenant; without one it returns no rows. */
export const findApiKey = (key: string): Prisma.Sql =>
  Prisma.sql`SELECT tenant_id, key_id, last_used_at, ${setTenant(Prisma.sql`tenant_id`)}, ${permitRows(Prisma.sql`true`)}
    FROM api_key_of_hash(${hashApiKey(key)})`;
