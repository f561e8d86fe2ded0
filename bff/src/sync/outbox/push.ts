import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import {
  type IdentityDirectory,
  type IdentityMembership,
  IdentityUnavailable,
  IdentityUnreadable,
  type IdentityUser,
} from '../../core/identity-provider.ts';
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
    if (!desired) {
      await inTx((tx) => saveResult(tx, push, { outcome: 'dropped' }));
      return 0;
    }
    const { role, changesAt } = desired;
    const { object, wasSent } = await ensureRole(objectOf(directory, push, desired, ctx), push, desired);
    await inTx(async (tx) => {
      // Applied to our copy, so that the webhook that follows changes nothing.
      await object.apply(tx);
      await saveResult(tx, push, { outcome: 'done', role, wasSent, changesAt });
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

interface Remote {
  fetch(): Promise<ProviderObject | null>;
  set(): Promise<ProviderObject | null>;
  create: (() => Promise<ProviderObject | null>) | null;
}

/**
 * Makes the provider have the role, and returns its object. A role that it has already, by our copy or after an attempt without an
 * answer, is not sent again: that would count as another change. Throws where the provider has no such object.
 */
async function ensureRole(remote: Remote, { attempts }: ClaimedPush, desired: DesiredRole) {
  const before = desired.isCurrent || attempts > 1 ? await remote.fetch() : null;
  if (before && desired.accepts(before.role)) return { object: before, wasSent: false };
  const after = (await remote.set()) ?? (await remote.create?.());
  if (!after) throw new IdentityUnavailable('The identity provider has no such object', { isTemporary: false });
  return { object: after, wasSent: true };
}

/** Returns the provider object that holds this role. */
function objectOf(
  directory: IdentityDirectory,
  { objectType, userId }: ClaimedPush,
  desired: DesiredRole,
  ctx: SyncContext,
): Remote {
  const { organizationId, role, isLocal } = desired;
  if (objectType === 'membership' && organizationId) {
    const toObject = (found: IdentityMembership | null): ProviderObject | null =>
      found && { role: found.role, apply: (tx) => applyMembership(tx, found, ctx) };
    const { createMembership } = directory;
    return {
      fetch: async () => toObject(await directory.fetchMembership(organizationId, userId)),
      set: async () =>
        role === null ? null : toObject(await directory.setMembershipRole(organizationId, userId, role)),
      create:
        isLocal && createMembership && role !== null
          ? async () => toObject(await createMembership(organizationId, userId, role))
          : null,
    };
  }
  const toObject = (found: IdentityUser | null): ProviderObject | null =>
    found && { role: found.role, apply: (tx) => applyUser(tx, found, ctx) };
  return {
    fetch: async () => toObject(await directory.fetchUser(userId)),
    set: async () => toObject(await directory.setUserRole(userId, role)),
    create: null,
  };
}

/**
 * A pause that the provider requests, and an outage of the database, are no failures. Other errors are retried with backoff and jitter,
 * and then fail permanently.
 */
function failed(error: unknown, attempts: number): PushResult {
  const message = (error instanceof Error ? error.message : String(error)).slice(-500);
  const { retryAfterMs, isTemporary } =
    error instanceof IdentityUnavailable
      ? error
      : {
          retryAfterMs: isOutage(error) ? AFTER_OUTAGE_MS : null,
          isTemporary: !(error instanceof IdentityUnreadable),
        };
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
