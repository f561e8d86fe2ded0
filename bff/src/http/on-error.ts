import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { AppError, FIRST_SERVER_ERROR, PROBLEMS, type ProblemCode, problemBody } from '../core/errors.ts';
import { sqlState } from '../db/tenant-tx.ts';
import type { AppEnv } from './env.ts';

/** SQLSTATEs that a caller may cause, with the error code returned for each. */
const BY_SQLSTATE: Record<string, ProblemCode> = {
  RC001: 'last_owner',
  RC003: 'role_is_system',
  '22021': 'malformed_request',
  '22P05': 'malformed_request',
  '23503': 'not_found',
  '23505': 'conflict',
  '40001': 'unavailable',
  '40P01': 'unavailable',
  '53300': 'unavailable',
  '55P03': 'unavailable',
  '57014': 'unavailable',
  '57P01': 'unavailable',
  '57P03': 'unavailable',
};
const UNREACHABLE = new Set(['ECONNREFUSED', 'ECONNRESET', 'P1001', 'P2024', 'P2028', 'P1017']);
const RETRY_SECONDS = 2;

/** Turns an exception into problem+json. The details of unexpected ones go to the log only. */
export function onError(thrown: Error, c: Context<AppEnv>): Response {
  const error = known(thrown);
  if (error.status >= FIRST_SERVER_ERROR) c.get('log')?.error({ err: thrown }, 'request failed');
  const requestId = c.get('origin')?.requestId ?? '';
  const wait = error.details.retryAfterSeconds ?? (error.code === 'unavailable' ? RETRY_SECONDS : undefined);
  if (wait !== undefined) c.header('retry-after', String(wait));
  if (error.code === 'not_signed_in') c.header('www-authenticate', 'Bearer');
  return c.json(problemBody(error, requestId), error.status, { 'content-type': 'application/problem+json' });
}

function known(thrown: Error): AppError {
  if (thrown instanceof AppError) return thrown;
  if (thrown instanceof HTTPException)
    return new AppError(thrown.status === PROBLEMS.too_large[0] ? 'too_large' : 'malformed_request');
  const bySql = BY_SQLSTATE[sqlState(thrown) ?? ''];
  if (bySql) return new AppError(bySql);
  const code = (thrown as { code?: string }).code ?? '';
  const isUnreachable = UNREACHABLE.has(code) || /timeout exceeded when trying to connect/.test(thrown.message);
  return new AppError(isUnreachable ? 'unavailable' : 'internal_error');
}
