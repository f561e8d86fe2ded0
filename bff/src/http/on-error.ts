import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { AppError, FIRST_SERVER_ERROR, PROBLEMS, type ProblemCode, problemBody } from '../core/errors.ts';
import type { Services } from '../core/services.ts';
import { isTemporary, sqlState } from '../db/sql-error.ts';
import type { AppEnv } from './env.ts';

/** SQLSTATEs that a caller may cause, with the error code returned for each. */
const BY_SQLSTATE: Record<string, ProblemCode> = {
  RC001: 'last_owner',
  RC003: 'role_is_system',
  '23503': 'not_found',
  '23505': 'conflict',
};
/** The class of values that a statement cannot work with. */
const DATA_EXCEPTION = /^22/;
const DISK_FULL = '53100';
/** Statuses that always have a Retry-After: this one, unless the error knows better. */
const RETRIED = new Set<number>([PROBLEMS.unavailable[0], PROBLEMS.rate_limited[0]]);
const RETRY_SECONDS = 2;
const REFUSALS: ReadonlySet<ProblemCode> = new Set(['not_signed_in', 'account_not_provisioned', 'account_disabled']);

/** Turns an exception into problem+json. The details of unexpected ones go to the log only. */
export function onError(thrown: Error, c: Context<AppEnv>): Response {
  const error = known(thrown);
  // A request may fail before it has either.
  const services = c.get('services') as Services | undefined;
  const requestId = c.get('origin')?.requestId ?? '';
  if (services && sqlState(thrown) === DISK_FULL) services.db.isFull = true;
  if (error.status >= FIRST_SERVER_ERROR)
    services?.log[error.code === 'query_timeout' ? 'warn' : 'error']({ requestId, err: thrown }, 'request failed');
  services?.metrics.problems.inc({ code: error.code });
  logRefusal(error, c);
  const wait = error.details.retryAfterSeconds ?? (RETRIED.has(error.status) ? RETRY_SECONDS : undefined);
  if (wait !== undefined) c.header('retry-after', String(wait));
  if (error.details.allowance) c.set('allowance', error.details.allowance);
  if (error.status === PROBLEMS.not_signed_in[0]) c.header('www-authenticate', challengeOf(error));
  return c.json(problemBody(error, requestId), error.status, { 'content-type': 'application/problem+json' });
}

/** Credentials that are refused and accounts that are missing look alike to users; the log tells them apart. */
function logRefusal({ code, details, explanation }: AppError, c: Context<AppEnv>): void {
  if (!REFUSALS.has(code) || details.reason === 'no_credentials') return;
  const context = c.get('context');
  const user = context && 'actor' in context ? context.actor.id : undefined;
  const { requestId } = c.get('origin');
  const refusal = { requestId, code, reason: details.reason, explanation: explanation?.slice(0, 400), user };
  c.get('services').log.warn(refusal, 'caller refused');
}

/** RFC 6750. */
const challengeOf = ({ details: { reason } }: AppError): string =>
  reason && reason !== 'no_credentials' ? `Bearer error="invalid_token", error_description="${reason}"` : 'Bearer';

function known(thrown: Error): AppError {
  if (thrown instanceof AppError) return thrown;
  if (thrown instanceof HTTPException)
    return new AppError(thrown.status === PROBLEMS.too_large[0] ? 'too_large' : 'malformed_request');
  const state = sqlState(thrown) ?? '';
  const bySql = BY_SQLSTATE[state] ?? (DATA_EXCEPTION.test(state) ? 'malformed_request' : undefined);
  if (bySql) return new AppError(bySql);
  return new AppError(isTemporary(thrown) ? 'unavailable' : 'internal_error');
}
