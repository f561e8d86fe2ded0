import type { Context } from 'hono';
import { createMiddleware } from 'hono/factory';
import { AppError, rateLimited } from '../../core/errors.ts';
import type { Identity } from '../../core/identity-provider.ts';
import { addressKey, hashKey } from '../../core/limits/keys.ts';
import type { Allowance, RequestLimit } from '../../core/limits/rate-limits.ts';
import type { Services } from '../../core/services.ts';
import type { AppEnv } from '../env.ts';

/** Counts a request. Of several limits, the headers are about the one of which least is left. Throws rate_limited. */
async function count(c: Context<AppEnv>, limit: RequestLimit, key: string): Promise<void> {
  const allowance = await c.get('services').rateLimits.countRequest(limit, key);
  const known = c.get('allowance');
  if (allowance && (!known || allowance.remaining < known.remaining)) c.set('allowance', allowance);
}

/** Counts a request without a session against its address. Throws rate_limited. */
export const limitAddress = (c: Context<AppEnv>): Promise<void> => count(c, 'address', addressKey(c.get('origin').ip));

export const addressLimit = createMiddleware<AppEnv>(async (c, next) => {
  await limitAddress(c);
  await next();
});

/**
 * Authenticates, and counts the request against the user, or against the address when that fails. Throws not_signed_in or rate_limited.
 * Credentials that exceeded a limit are refused before they are verified, so that a flood of them costs no statement.
 */
export async function limitSession<T extends { identity: Identity }>(
  c: Context<AppEnv>,
  authenticate: () => Promise<T>,
): Promise<T> {
  refuseBlocked(c);
  try {
    const caller = await authenticate().catch(async (error) => {
      if (error instanceof AppError && error.code === 'not_signed_in') await limitAddress(c);
      throw error;
    });
    await count(c, 'actor', caller.identity.userId);
    return caller;
  } catch (error) {
    if (error instanceof AppError && error.details.allowance) block(c, error.details.allowance);
    throw error;
  }
}

/** Whether this process knows already that the tenant has used up its limit. */
export const isUsedUp = async (c: Context<AppEnv>, tenantId: string): Promise<boolean> =>
  (await c.get('services').rateLimits.allowance('tenant', tenantId))?.remaining === 0;

/** Counts a request that was authorized against the tenant: a stranger must not use up its limit. Throws rate_limited. */
export const limitTenant = (c: Context<AppEnv>, tenantId: string): Promise<void> => count(c, 'tenant', tenantId);

/**
 * Finds the API key of a request, and counts the request against the key and its tenant; without a valid key against the address, whose
 * limit then bounds how many keys can be guessed. Throws api_key_invalid or rate_limited.
 */
export async function limitApiKey<T extends { tenantId: string }>(
  c: Context<AppEnv>,
  key: string,
  find: () => Promise<T | null>,
): Promise<T> {
  const { rateLimits } = c.get('services');
  const hash = hashKey(key);
  const used = await rateLimits.allowance('apiKey', hash);
  const tried = used ? null : await rateLimits.allowance('address', addressKey(c.get('origin').ip));
  for (const allowance of [used, tried]) if (allowance?.remaining === 0) throw rateLimited(allowance);
  const found = await find();
  if (!found) {
    await limitAddress(c);
    throw new AppError('api_key_invalid');
  }
  await count(c, 'apiKey', hash);
  // Counted apart from the tenant's users, whom a busy app must not lock out.
  await count(c, 'tenant', `${found.tenantId}:api-key`);
  return found;
}

interface Block {
  allowance: Allowance;
  until: number;
}
const blocks = new WeakMap<Services, Map<string, Block>>();
const MAX_BLOCKS = 1_000;

function refuseBlocked(c: Context<AppEnv>): void {
  const known = blocks.get(c.get('services'));
  if (!known?.size) return;
  for (const credential of credentialsOf(c)) {
    const block = known.get(credential);
    const left = block ? block.until - performance.now() : 0;
    if (block && left > 0) throw rateLimited({ ...block.allowance, resetSeconds: Math.ceil(left / 1000) });
    known.delete(credential);
  }
}

function block(c: Context<AppEnv>, allowance: Allowance): void {
  const services = c.get('services');
  const known = blocks.get(services) ?? new Map<string, Block>();
  blocks.set(services, known);
  if (known.size >= MAX_BLOCKS) known.clear();
  const until = performance.now() + allowance.resetSeconds * 1000;
  for (const credential of credentialsOf(c)) known.set(credential, { allowance, until });
}

/** Hashes of the token and of each cookie that may be a session. */
function credentialsOf(c: Context<AppEnv>): string[] {
  const cookies = (c.req.header('cookie') ?? '')
    .split(';')
    .filter((cookie) => cookie.split('=', 1)[0]?.includes('session'));
  return [c.req.header('authorization'), ...cookies].flatMap((text) => (text ? [hashKey(text.trim())] : []));
}
