import type { Context } from 'hono';
import { type ActiveApiKey, findActiveApiKey } from '../../access/api-key.ts';
import type { KeyContext } from '../../core/context.ts';
import { AppError } from '../../core/errors.ts';
import type { Services } from '../../core/services.ts';
import { tenantRead } from '../../db/tenant-tx.ts';
import type { AppEnv } from '../env.ts';
import { limitAddress, limitApiKey } from '../limits/limit.ts';

const TOUCH_EVERY_MS = 60_000;

/** Returns the context of a request by API key, inside the tenant of the key. Throws api_key_invalid for unknown, expired and revoked keys. */
export async function authenticateApiKey(c: Context<AppEnv>): Promise<KeyContext> {
  const services = c.get('services');
  const origin = c.get('origin');
  const key = /^Bearer +(\S{1,200})$/i.exec(c.req.header('authorization') ?? '')?.[1];
  if (!key) {
    await limitAddress(c);
    throw new AppError('api_key_invalid');
  }
  const found = await limitApiKey(c, key, () =>
    tenantRead(services.db.server, { tenantId: null, userId: null }, (client) => findActiveApiKey(client, key)),
  );
  touchLastUsed(services, found);
  return {
    services,
    origin,
    actor: { type: 'api-key', id: found.id, sessionId: null },
    scope: { tenantId: found.tenantId, userId: null },
  };
}

/** Records the use at most once a minute, without delaying the response. */
function touchLastUsed(services: Services, { tenantId, id, lastUsedAt }: ActiveApiKey): void {
  if (lastUsedAt && Date.now() - lastUsedAt.getTime() < TOUCH_EVERY_MS) return;
  tenantRead(
    services.db.server,
    { tenantId, userId: null },
    (client) => client.$executeRaw`
      UPDATE api_key SET last_used_at = clock_timestamp()
      WHERE tenant_id = ${tenantId}::uuid AND id = ${id}::uuid
        AND (last_used_at IS NULL OR last_used_at < clock_timestamp() - interval '1 minute')`,
  ).catch((error) => services.log.warn({ err: error, apiKeyId: id }, 'API key use not recorded'));
}
