import type { Context } from 'hono';
import { findApiKey } from '../../access/api-key.ts';
import type { KeyContext } from '../../core/context.ts';
import { AppError } from '../../core/errors.ts';
import type { RawRows, Services } from '../../core/services.ts';
import { objectsOf } from '../../db/connect/raw-rows.ts';
import { ifPermitted } from '../../db/scope.ts';
import { tenantRead } from '../../db/tenant-tx.ts';
import type { AppEnv } from '../env.ts';
import { limitAddress, limitApiKey } from '../limits/limit.ts';
import { attempt, type MakeRead, type Prepared } from './prepare.ts';

const TOUCH_EVERY_MS = 60_000;

interface ApiKeyRow {
  tenant_id: string;
  key_id: string;
  last_used_at: string | null;
}

/**
 * Finds the API key of a request, and in the same round trip the rows of its read, inside the tenant of the key. Throws api_key_invalid for
 * unknown, expired and revoked keys.
 */
export async function admitApiKey(c: Context<AppEnv>, makeRead: MakeRead): Promise<Prepared & { context: KeyContext }> {
  const services = c.get('services');
  const key = /^Bearer +(\S{1,200})$/i.exec(c.req.header('authorization') ?? '')?.[1];
  if (!key) {
    await limitAddress(c);
    throw new AppError('api_key_invalid');
  }
  const { id, tenantId, lastUsedAt, ...prepared } = await limitApiKey(c, key, () => ask(services, key, makeRead));
  touchLastUsed(services, { id, tenantId, lastUsedAt });
  const context: KeyContext = {
    services,
    origin: c.get('origin'),
    actor: { type: 'api-key', id, sessionId: null },
    scope: { tenantId, userId: null },
  };
  c.set('context', context);
  return { ...prepared, context };
}

async function ask({ db }: Services, key: string, makeRead: MakeRead) {
  const { read, failure } = await attempt(makeRead, { tenantId: '', impersonatorId: null });
  const statements = [findApiKey(key), ...(read?.statements ?? []).map(ifPermitted)];
  const [found, ...rows] = await db.together.server({ tenantId: null, userId: null }, statements);
  const [row = null] = objectsOf<ApiKeyRow>(found as RawRows);
  return row && { id: row.key_id, tenantId: row.tenant_id, lastUsedAt: row.last_used_at, read, rows, failure };
}

interface UsedKey {
  id: string;
  tenantId: string;
  lastUsedAt: string | null;
}

/** Records the use at most once a minute, without delaying the response. */
function touchLastUsed(services: Services, { tenantId, id, lastUsedAt }: UsedKey): void {
  if (lastUsedAt && Date.now() - Date.parse(lastUsedAt) < TOUCH_EVERY_MS) return;
  tenantRead(
    services.db.server,
    { tenantId, userId: null },
    (client) => client.$executeRaw`
      UPDATE api_key SET last_used_at = clock_timestamp()
      WHERE tenant_id = ${tenantId}::uuid AND id = ${id}::uuid
        AND (last_used_at IS NULL OR last_used_at < clock_timestamp() - interval '1 minute')`,
  ).catch((error) => services.log.warn({ err: error, apiKeyId: id }, 'API key use not recorded'));
}
