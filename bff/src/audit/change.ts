import { isDeepStrictEqual } from 'node:util';
import { type ActorAccess, readAccess, requirePermission } from '../access/actor.ts';
import { lockTenant, type Tx, tenantTx } from '../db/tenant-tx.ts';
import type { RequestContext } from '../http/context.ts';
import { rememberTarget, targetOfRetry } from './idempotency.ts';
import { type AuditEntry, insertAudit } from './record.ts';

/** What a change must tell: without before and after it does not type-check. */
export interface Changed<T> {
  result: T;
  before: object | null;
  after: object | null;
  target: { type: string; id: string; label: string | null };
  subjectId?: string | null;
  context?: object | null;
  /** When the work finds out itself what has happened, such as member.suspended. */
  action?: string;
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
}

export interface ChangeScope {
  tx: Tx;
  access: ActorAccess;
}

export type Outcome<T> = { result: T; replayedId: null } | { result: null; replayedId: string };

/**
 * The only way to write. One transaction in one tenant: wait for the tenant's lock, decide by what the actor holds
 * now, do the work, write the audit row. A change that changes nothing writes nothing.
 */
export async function change<T>(
  context: RequestContext,
  spec: ChangeSpec,
  work: (scope: ChangeScope) => Promise<Changed<T>>,
): Promise<Outcome<T>> {
  const { services, scope, actor, origin } = context;
  return tenantTx(services.db.server, scope, async (tx) => {
    await lockTenant(tx, scope.tenantId);
    const access = await readAccess(tx);
    if (spec.permission) requirePermission(access, spec.permission);

    const retryOf = await targetOfRetry(tx, context, spec.idempotentOn);
    if (retryOf) return { result: null, replayedId: retryOf };

    const done = await work({ tx, access });
    if (isDeepStrictEqual(done.before, done.after)) return { result: done.result, replayedId: null };

    await insertAudit(tx, {
      tenantId: scope.tenantId,
      actor,
      origin,
      action: done.action ?? spec.action,
      category: spec.category,
      severity: spec.severity ?? 'info',
      subjectId: done.subjectId ?? null,
      target: done.target,
      before: done.before,
      after: done.after,
      context: done.context ?? null,
      permission: spec.permission,
      reason: spec.reason ?? null,
    });
    await rememberTarget(tx, context, spec.idempotentOn, done.target.id);
    return { result: done.result, replayedId: null };
  });
}
