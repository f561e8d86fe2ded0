import { v7 as uuid } from 'uuid';
import type { z } from 'zod';
import type { AuthorizedContext } from '../../access/actor.ts';
import { requireAccount } from '../../access/actor.ts';
import { hashApiKey, newApiKey, prefixOf } from '../../access/api-key.ts';
import { change } from '../../audit/change.ts';
import { createOnce } from '../../audit/create-once.ts';
import { searchText } from '../../core/text/fold.ts';
import { readNow } from '../../http/read.ts';
import { assertVersion } from '../../http/version.ts';
import { findApiKey, readApiKey } from './queries.ts';
import type { ApiKey, ApiKeyCreate, ApiKeyCreated } from './schema.ts';

/** Returns the key itself, once: a retry of the same request gets null in its place. */
export async function createApiKey(
  context: AuthorizedContext,
  body: z.output<typeof ApiKeyCreate>,
): Promise<ApiKeyCreated> {
  const { tenantId } = context.scope;
  const key = newApiKey();
  const { id, created } = await createOnce(
    context,
    {
      action: 'api-key.created',
      category: 'access',
      severity: 'notice',
      permission: 'api-keys:create',
      idempotentOn: body,
    },
    async ({ tx, access }) => {
      const id = uuid();
      const keyHash = hashApiKey(key);
      await tx.$executeRaw`
        INSERT INTO api_key (tenant_id, id, name, search_text, prefix, key_hash, created_by, expires_at)
        VALUES (${tenantId}::uuid, ${id}::uuid, ${body.name}, ${searchText(body.name)}, ${prefixOf(key)}, ${keyHash}, ${requireAccount(access).id},
          clock_timestamp() + make_interval(days => ${body.expiresInDays}::int))`;
      const made = await findApiKey(tx, tenantId, id);
      return {
        result: made,
        before: null,
        after: { name: made.name, prefix: made.prefix, expiresAt: made.expiresAt },
        target: { type: 'api-key', id, label: made.name },
      };
    },
  );
  // The name of the creator is stored with the audit row, after the work.
  return { ...(await readNow(context, readApiKey, { apiKeyId: id })), key: created ? key : null };
}

/** Revokes a key. Revoking it again changes nothing. */
export async function revokeApiKey(context: AuthorizedContext, apiKeyId: string): Promise<ApiKey> {
  const { tenantId } = context.scope;
  await change(
    context,
    { action: 'api-key.revoked', category: 'access', severity: 'notice', permission: 'api-keys:revoke' },
    async ({ tx, access }) => {
      const stored = await findApiKey(tx, tenantId, apiKeyId);
      const target = { type: 'api-key', id: apiKeyId, label: stored.name };
      if (stored.revokedAt) return { result: null, before: null, after: null, target };
      assertVersion(context.ifMatch, stored, stored);
      await tx.$executeRaw`
        UPDATE api_key SET revoked_at = clock_timestamp(), revoked_by = ${requireAccount(access).id}, version = version + 1
        WHERE tenant_id = ${tenantId}::uuid AND id = ${apiKeyId}::uuid`;
      return { result: null, before: { status: stored.status }, after: { status: 'revoked' }, target };
    },
  );
  return readNow(context, readApiKey, { apiKeyId });
}
