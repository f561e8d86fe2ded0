import { createMiddleware } from 'hono/factory';
import { readBytes } from '../core/bytes.ts';
import { AppError } from '../core/errors.ts';
import type { AppEnv } from './env.ts';

const MAX_BYTES = 100_000;
const MAX_DEPTH = 20;

/** Reads the JSON body once, within limits. Throws unsupported_media_type, too_large or malformed_request. */
export const readBody = createMiddleware<AppEnv>(async (c, next) => {
  const mediaType = c.req.header('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (mediaType !== 'application/json') throw new AppError('unsupported_media_type');
  const text = new TextDecoder('utf-8', { fatal: false }).decode(await readBytes(c.req.raw, MAX_BYTES));
  const body = parse(text);
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new AppError('malformed_request', { detail: 'The body must be a JSON object' });
  }
  if (depthOf(body) > MAX_DEPTH) throw new AppError('malformed_request', { detail: 'The body is nested too deeply' });
  // Hono passes the same body to the validator.
  Object.assign(c.req.bodyCache, { text: Promise.resolve(text) });
  await next();
});

function parse(text: string): unknown {
  try {
    const body: unknown = JSON.parse(text);
    if (/\\u0000/i.test(text) || !JSON.stringify(body).isWellFormed()) throw new SyntaxError();
    return body;
  } catch {
    throw new AppError('malformed_request', { detail: 'The body is not well-formed JSON' });
  }
}

function depthOf(value: unknown): number {
  let depth = 0;
  let level: unknown[] = [value];
  while (level.length > 0 && depth <= MAX_DEPTH) {
    level = level.flatMap((item) => (typeof item === 'object' && item !== null ? Object.values(item) : []));
    depth += 1;
  }
  return depth;
}
