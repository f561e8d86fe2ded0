import { isDeepStrictEqual } from 'node:util';
import { type ActorAccess, holds, readAccess, requirePermission } from '../access/actor.ts';
import { effectSince, readEffectivePermissions } from '../access/effect.ts';
import type { RequestContext } from '../core/context.ts';
import type { Effect } from '../core/schema.ts';
import { lockTenant, type Tx, tenantTx } from '../db/tenant-tx.ts';
import { rememberTarget, targetOfRetry } from './idempotency.ts';
import { type AuditEntry, insertAudits } from './record.ts';

/** What happened to one thing: without before and after it does not type-check. */
export interface Told {
  before: object | null;
  after: object | null;
  target: { type: string; id: string; label: string | null };
  subjectId?: string | null;
  context?: object | null;
  /** When the work finds out itself what has happened, such as member.suspended. */
  action?: string;
}

/** What a change answers and tells. */
export interface Changed<T> extends Told {
  result: T;
  /** What else it changed: each gets a row of its own, with the same reason and request. */
  also?: readonly Told[];
}

export interface ChangeSpec {
  action: string;
  category: AuditEntry['category'];
  /** Null only where the work itself is the proof, such as the token of an invitation. */
  permission: string | null;
  severity?: AuditEntry['severity'];
  reason?: string | undefined;
  /** For creating POSTs: what the body was, so that a retry is known from another request. */
  idempotentOn?: unknown;
  /** Milliseconds it may take, where it works on thousands of rows. */
  timeout?: number;
}

export interface ChangeScope {
  tx: Tx;
  access: ActorAccess;
}

export type Outcome<T> = { result: T; replayedId: null } | { result: null; replayedId: string };

/** Ends a dry run: thrown when everything went well, so that nothing of it stays. */
export class Rehearsed extends Error {
  readonly effect: Effect;

  constructor(effect: Effect) {
    super('This was a dry run');
    this.effect = effect;
  }
}

/**
 * The only way to write. One transaction in one tenant: wait for the tenant's lock, decide by what the actor holds
 * now, do the work, write the audit row. A change that changes nothing writes nothing. A dry run does all of it, and instead of
 * committing throws Rehearsed with what it would have done to everybody's permissions.
 */
export async function change<T>(
  context: RequestContext,
  spec: ChangeSpec,
  work: (scope: ChangeScope) => Promise<Changed<T>>,
): Promise<Outcome<T>> {
  const { services, scope, actor, origin } = context;
  const inTenant = async (tx: Tx): Promise<Outcome<T>> => {
    await lockTenant(tx, scope.tenantId);
    const access = await readAccess(tx);
    if (spec.permission) requirePermission(access, spec.permission);

    const retryOf = await targetOfRetry(tx, context, spec.idempotentOn);
    if (retryOf) return { result: null, replayedId: retryOf };

    const held = context.dryRun ? await readEffectivePermissions(tx, scope.tenantId) : null;
    const done = await work({ tx, access });
    const changed = [done, ...(done.also ?? [])].filter((told) => !isDeepStrictEqual(told.before, told.after));
    await insertAudits(
      tx,
      changed.map((told) => ({
        tenantId: scope.tenantId,
        actor,
        origin,
        action: told.action ?? spec.action,
        category: spec.category,
        severity: spec.severity ?? 'info',
        subjectId: told.subjectId ?? null,
        target: told.target,
        before: told.before,
        after: told.after,
        context: told.context ?? null,
        permission: spec.permission,
        reason: spec.reason ?? null,
      })),
    );
    if (!isDeepStrictEqual(done.before, done.after)) {
      await rememberTarget(tx, context, spec.idempotentOn, done.target.id);
    }
    if (held) {
      // What the database would refuse when committing, it shall refuse now.
      await tx.$executeRaw`SET CONSTRAINTS ALL IMMEDIATE`;
      throw new Rehearsed(await effectSince(tx, scope.tenantId, held, holds(access, 'members:read')));
    }
    return { result: done.result, replayedId: null };
  };
  return tenantTx(services.db.server, scope, inTenant, spec.timeout);
}
