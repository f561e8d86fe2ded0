import { z } from 'zod';
import { Instant, line, listQuery, UserRef, Uuid } from '../../core/schema.ts';

const ApiKeyStatus = z.enum(['active', 'expired', 'revoked']);

export const ApiKey = z.object({
  id: z.string(),
  tenantId: z.string(),
  name: z.string(),
  /** The first characters of the key. */
  prefix: z.string(),
  status: ApiKeyStatus,
  createdBy: UserRef.nullable(),
  createdAt: Instant,
  /** Null for a key without expiry. */
  expiresAt: Instant.nullable(),
  /** To the minute; null when never used. */
  lastUsedAt: Instant.nullable(),
  revokedAt: Instant.nullable(),
  revokedBy: UserRef.nullable(),
  version: z.number().int(),
});
export type ApiKey = z.infer<typeof ApiKey>;

/** The key is returned once, on creation, and never stored. Null for a retry. */
export const ApiKeyCreated = ApiKey.extend({ key: z.string().nullable() });
export type ApiKeyCreated = z.infer<typeof ApiKeyCreated>;

export const ApiKeyParams = z.object({ tenantId: Uuid, apiKeyId: Uuid });
export const ApiKeyCreate = z.strictObject({
  name: line(80),
  /** Null for a key without expiry. */
  expiresInDays: z.number().int().min(1).max(365).nullable(),
});
export const ApiKeyListQuery = listQuery(['createdAt', 'name'], { status: ApiKeyStatus.optional() });
