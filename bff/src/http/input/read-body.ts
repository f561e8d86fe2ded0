import type { Context } from 'hono';
import { createMiddleware } from 'hono/factory';
import { assertStorable, parseJsonBody, readBytes } from '../../core/bytes.ts';
import { AppError } from '../../core/errors.ts';
import { isDeeperThan } from '../../core/values/json.ts';
import type { AppEnv } from '../env.ts';

const MAX_BYTES = 100_000;
const MAX_DEPTH = 20;

interface Limits {
  /** Text that cannot be stored is left to the operation, which rejects the item that holds it and not the others. */
  perItem: boolean;
}

/** Reads the JSON body once, within limits. Throws unsupported_media_type, too_large or malformed_request. */
export async function bodyOf(c: Context<AppEnv>, { perItem }: Limits): Promise<object> {
  const mediaType = c.req.header('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (mediaType !== 'application/json') throw new AppError('unsupported_media_type');
  const body = parseJsonBody(await readBytes(c.req.raw, MAX_BYTES));
  if (!perItem) assertStorable(body);
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new AppError('malformed_request', { detail: 'The body must be a JSON object' });
  }
  if (isDeeperThan(MAX_DEPTH, body))
    throw new AppError('malformed_request', { detail: 'The body is nested too deeply' });
  return body;
}

export const readBody = (limits: Limits) =>
  createMiddleware<AppEnv>(async (c, next) => {
    const body = await bodyOf(c, limits);
    // The validator takes the body from here.
    Object.assign(c.req, { json: async () => body });
    await next();
  });
