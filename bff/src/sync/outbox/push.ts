import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import { type IdentityDirectory, IdentityUnavailable } from '../../core/identity-provider.ts';
import type { Database } from '../../core/services.ts';
import { type Tx, tenantTx } from '../../db/tenant-tx.ts';
import { applyMembership } from '../apply/membership.ts';
import { applyUser } from '../apply/user.ts';
import { NO_TENANT, type SyncContext, type SyncSettings } from '../context.ts';
import { readDesiredRole, type Wanted } from './desired-role.ts';
import { type Claimed, claimDue, finish, type Result, untilNextDue } from './rows.ts';

interface OutboxDeps {
  config: SyncSettings;
  db: Pick<Database, 'sync'>;
  directory: IdentityDirectory;
  log: Logger;
}

const AT_ONCE = 4;
const LOOK_MS = 250;
const WAIT_AT_MOST_MS = 40_000;
const QUICK_ATTEMPTS = 20;
const MAX_ATTEMPTS = 40;
const LONGEST_QUICK_MS = 30_000;
const SLOW_MS = 300_000;

/**
 * Tells the provider the roles that changed here, and stays while something will be due soon, or the provider wants to be left
 * alone: only who heard that knows it. Several instances may do this at once.
 */
export async function pushPending(deps: OutboxDeps, signal: AbortSignal): Promise<void> {
  let restUntil = 0;
  while (!signal.aborted) {
    const claimed = await claimDue(deps.db, AT_ONCE);
    const rests = await Promise.all(claimed.map((push) => tell(deps, push)));
    restUntil = Math.max(restUntil, ...rests.map((ms) => performance.now() + ms));
    if (claimed.length > 0) continue;
    const wait = await untilNextDue(deps.db);
    const isSoon = wait !== null && wait <= WAIT_AT_MOST_MS;
    if (!isSoon && performance.now() > restUntil) return;
    await pause(isSoon ? Math.min(LOOK_MS, Math.max(10, wait)) : LOOK_MS, undefined, { signal }).catch(() => undefined);
  }
}

/** Answers how long the provider wants to be left alone, in ms. */
async function tell({ config, db, directory, log }: OutboxDeps, push: Claimed): Promise<number> {
  const ctx: SyncContext = {
    actor: { type: 'system', id: 'identity-push', sessionId: null },
    origin: { requestId: `push-${push.userId}-${push.revision}`, ip: null, userAgent: null },
    settings: config,
  };
  const inTx = (work: (tx: Tx) => Promise<unknown>) => tenantTx(db.sync, NO_TENANT, work);
  try {
    const wanted = await tenantTx(db.sync, NO_TENANT, (tx) => readDesiredRole(tx, push));
    const done = (wasTold: boolean): Result => ({
      is: 'done',
      role: wanted?.role ?? null,
      wasTold,
      changesAt: wanted?.changesAt ?? null,
    });
    if (!wanted || wanted.agrees) {
      await inTx((tx) => finish(tx, push, done(false)));
      return 0;
    }
    const at = objectOf(directory, push, wanted, ctx);
    // An earlier attempt may have been done though nobody said so: telling it again would be heard as another change.
    const before = push.attempts > 1 ? await at.fetch() : null;
    const isThere = before !== null && before.role === wanted.role;
    const after = isThere ? before : await at.set();
    await inTx(async (tx) => {
      // What we know is now what the provider says, so that its own word of it, coming back to us, is no news.
      await after?.apply(tx);
      await finish(tx, push, done(!isThere));
    });
    return 0;
  } catch (error) {
    const result = failed(error, push.attempts);
    log.warn(
      { err: error, user: push.userId, tenant: push.tenantId, result: result.is },
      'the provider was not told of a role',
    );
    await inTx((tx) => finish(tx, push, result));
    return error instanceof IdentityUnavailable ? (error.retryAfterMs ?? 0) : 0;
  }
}

interface Word {
  role: string | null;
  apply(tx: Tx): Promise<unknown>;
}

/** The one object at the provider that says this role. */
function objectOf(directory: IdentityDirectory, { objectType, userId }: Claimed, wanted: Wanted, ctx: SyncContext) {
  const { organizationId, role } = wanted;
  if (objectType === 'membership' && organizationId && role) {
    const word = (found: Awaited<ReturnType<IdentityDirectory['fetchMembership']>>): Word | null =>
      found && { role: found.role, apply: (tx) => applyMembership(tx, found, ctx) };
    return {
      fetch: async () => word(await directory.fetchMembership(organizationId, userId)),
      set: async () => word(await directory.setMembershipRole(organizationId, userId, role)),
    };
  }
  const word = (found: Awaited<ReturnType<IdentityDirectory['fetchUser']>>): Word | null =>
    found && { role: found.role, apply: (tx) => applyUser(tx, found, ctx) };
  return {
    fetch: async () => word(await directory.fetchUser(userId)),
    set: async () => word(await directory.setUserRole(userId, role)),
  };
}

/** Being asked to wait is no failure. Others are tried again after longer and longer, each at its own moment, and then given up. */
function failed(error: unknown, attempts: number): Result {
  const message = (error instanceof Error ? error.message : String(error)).slice(-500);
  const { retryAfterMs, isTemporary } =
    error instanceof IdentityUnavailable ? error : { retryAfterMs: null, isTemporary: true };
  if (!isTemporary || attempts >= MAX_ATTEMPTS) return { is: 'dead', error: message };
  const jitter = 0.75 + Math.random() / 2;
  if (retryAfterMs !== null) {
    return { is: 'again', afterMs: retryAfterMs + 200 * jitter, attempts: attempts - 1, error: message };
  }
  const quick = Math.min(LONGEST_QUICK_MS, 500 * 2 ** (attempts - 1));
  return { is: 'again', afterMs: (attempts <= QUICK_ATTEMPTS ? quick : SLOW_MS) * jitter, attempts, error: message };
}
