import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import { type IdentityDirectory, IdentityUnavailable } from '../../core/identity-provider.ts';
import type { Database } from '../../core/services.ts';
import { isOutage } from '../../db/sql-error.ts';
import { type Tx, tenantTx } from '../../db/tenant-tx.ts';
import { applyMembership } from '../apply/membership.ts';
import { applyUser } from '../apply/user.ts';
import { NO_TENANT, type SyncContext, type SyncSettings } from '../context.ts';
import { type DesiredRole, readDesiredRole } from './desired-role.ts';
import { type ClaimedPush, claimDue, type PushResult, saveResult, untilNextDue } from './rows.ts';

interface OutboxDeps {
  config: SyncSettings;
  db: Pick<Database, 'sync'>;
  directory: IdentityDirectory;
  log: Logger;
}

const CONCURRENCY = 4;
const POLL_MS = 250;
const MAX_WAIT_MS = 40_000;
const BACKOFF_ATTEMPTS = 20;
const MAX_ATTEMPTS = 40;
const MAX_BACKOFF_MS = 30_000;
const LATE_RETRY_MS = 300_000;
const AFTER_OUTAGE_MS = 1_000;

/**
 * Pushes the roles that changed here. Keeps running while a push is due soon, or while the provider asked for a pause, of which no
 * other instance knows. Several instances may do this concurrently.
 */
export async function pushPending(deps: OutboxDeps, signal: AbortSignal): Promise<void> {
  let pauseUntil = 0;
  while (!signal.aborted) {
    const claimed = await claimDue(deps.db, CONCURRENCY);
    const pauses = await Promise.all(claimed.map((push) => pushOne(deps, push)));
    pauseUntil = Math.max(pauseUntil, ...pauses.map((ms) => performance.now() + ms));
    if (claimed.length > 0) continue;
    const wait = await untilNextDue(deps.db);
    const isSoon = wait !== null && wait <= MAX_WAIT_MS;
    if (!isSoon && performance.now() > pauseUntil) return;
    await pause(isSoon ? Math.min(POLL_MS, Math.max(10, wait)) : POLL_MS, undefined, { signal }).catch(() => undefined);
  }
}

/** Returns for how many milliseconds the provider asked to pause. */
async function pushOne({ config, db, directory, log }: OutboxDeps, push: ClaimedPush): Promise<number> {
  const ctx: SyncContext = {
    actor: { type: 'system', id: 'identity-push', sessionId: null },
    origin: { requestId: `push-${push.userId}-${push.revision}`, ip: null, userAgent: null },
    settings: config,
  };
  const inTx = (work: (tx: Tx) => Promise<unknown>) => tenantTx(db.sync, NO_TENANT, work);
  try {
    const desired = await tenantTx(db.sync, NO_TENANT, (tx) => readDesiredRole(tx, push));
    const done = (wasSent: boolean): PushResult => ({
      outcome: 'done',
      role: desired?.role ?? null,
      wasSent,
      changesAt: desired?.changesAt ?? null,
    });
    if (!desired || desired.isCurrent) {
      await inTx((tx) => saveResult(tx, push, done(false)));
      return 0;
    }
    const object = objectOf(directory, push, desired, ctx);
    // An earlier attempt may have succeeded without an answer: sending it again would count as another change.
    const before = push.attempts > 1 ? await object.fetch() : null;
    const isSet = before !== null && before.role === desired.role;
    const after = isSet ? before : await object.set();
    await inTx(async (tx) => {
      // Applied to our copy, so that the webhook that follows changes nothing.
      await after?.apply(tx);
      await saveResult(tx, push, done(!isSet));
    });
    return 0;
  } catch (error) {
    const result = failed(error, push.attempts);
    log.warn({ err: error, user: push.userId, tenant: push.tenantId, outcome: result.outcome }, 'role push failed');
    await inTx((tx) => saveResult(tx, push, result));
    return error instanceof IdentityUnavailable ? (error.retryAfterMs ?? 0) : 0;
  }
}

interface ProviderObject {
  role: string | null;
  apply(tx: Tx): Promise<unknown>;
}

/** Returns the provider object that holds this role. */
function objectOf(
  directory: IdentityDirectory,
  { objectType, userId }: ClaimedPush,
  desired: DesiredRole,
  ctx: SyncContext,
) {
  const { organizationId, role } = desired;
  if (objectType === 'membership' && organizationId && role) {
    const toObject = (found: Awaited<ReturnType<IdentityDirectory['fetchMembership']>>): ProviderObject | null =>
      found && { role: found.role, apply: (tx) => applyMembership(tx, found, ctx) };
    return {
      fetch: async () => toObject(await directory.fetchMembership(organizationId, userId)),
      set: async () => toObject(await directory.setMembershipRole(organizationId, userId, role)),
    };
  }
  const toObject = (found: Awaited<ReturnType<IdentityDirectory['fetchUser']>>): ProviderObject | null =>
    found && { role: found.role, apply: (tx) => applyUser(tx, found, ctx) };
  return {
    fetch: async () => toObject(await directory.fetchUser(userId)),
    set: async () => toObject(await directory.setUserRole(userId, role)),
  };
}

/** A requested pause is no failure, nor is an outage of the database. Other errors are retried with backoff and jitter, and then fail permanently. */
function failed(error: unknown, attempts: number): PushResult {
  const message = (error instanceof Error ? error.message : String(error)).slice(-500);
  const { retryAfterMs, isTemporary } =
    error instanceof IdentityUnavailable
      ? error
      : { retryAfterMs: isOutage(error) ? AFTER_OUTAGE_MS : null, isTemporary: true };
  if (!isTemporary || attempts >= MAX_ATTEMPTS) return { outcome: 'dead', error: message };
  const jitter = 0.75 + Math.random() / 2;
  if (retryAfterMs !== null) {
    return { outcome: 'retry', afterMs: retryAfterMs + 200 * jitter, attempts: attempts - 1, error: message };
  }
  const backoff = Math.min(MAX_BACKOFF_MS, 500 * 2 ** (attempts - 1));
  return {
    outcome: 'retry',
    afterMs: (attempts <= BACKOFF_ATTEMPTS ? backoff : LATE_RETRY_MS) * jitter,
    attempts,
    error: message,
  };
}
