import { isDeepStrictEqual } from 'node:util';
import { Prisma } from '@rolecall/prisma/client';
import { type ActorAccess, assertPermission, enterChange, holds, readAccess } from '../access/actor.ts';
import { effectSince, readAccessSnapshot } from '../access/effect.ts';
import type { RequestContext } from '../core/context.ts';
import type { Effect } from '../core/schema.ts';
import { sentWithNext } from '../db/connect/pipelined-client.ts';
import { type Tx, tenantTx, transaction } from '../db/tenant-tx.ts';
import { type AuditEvent, insertAudits } from './record.ts';

/** What happened to one thing: without before and after it does not type-check. */
export interface AuditChange {
  before: object | null;
  after: object | null;
  target: { type: string; id: string; label: string | null };
  subjectId?: string | null;
  context?: object | null;
  /** When only the work knows what happened, such as member.suspended. */
  action?: string;
  category?: AuditEvent['category'];
}

/** The result of a change, and what to record of it. */
export interface Changed<T> extends AuditChange {
  result: T;
  /** What else it changed: each gets an audit row of its own, with the same reason and request. */
  also?: readonly AuditChange[];
}

export interface ChangeSpec<R = undefined> {
  action: string;
  category: AuditEvent['category'];
  /** Null only where the work itself is the proof, such as the token of an invitation. */
  permission: string | null;
  severity?: AuditEvent['severity'];
  reason?: string | undefined;
  /** Milliseconds it may take, where it works on thousands of rows. */
  timeout?: number;
  /** Asks for what the work begins with, in the round trip that reads the access. */
  read?: (tx: Tx) => Promise<R>;
}

export interface ChangeScope<R = undefined> {
  tx: Tx;
  access: ActorAccess;
  /** What the specification asked for, to be awaited once the access permits it. */
  read: Promise<R>;
}

/** Thrown to end a dry run that succeeded, so that nothing of it stays. */
export class DryRunRollback extends Error {
  readonly effect: Effect;

  constructor(effect: Effect) {
    super('This was a dry run');
    this.effect = effect;
  }
}

/**
 * The only way to write. One transaction in one tenant: waits for its turn, locks the tenant and the permission catalogue, decides by what the actor
 * holds now, does the work, writes the audit rows. A change that changes nothing records nothing. A dry run does the work on a
 * snapshot, without locks, and instead of recording and committing it throws DryRunRollback with the effect on the permissions of all members.
 */
export function change<T, R = undefined>(
  context: RequestContext,
  spec: ChangeSpec<R>,
  work: (scope: ChangeScope<R>) => Promise<Changed<T>>,
): Promise<T> {
  const { services, scope } = context;
  if (context.dryRun) return preview(context, spec, work);
  const inTenant = async (tx: Tx): Promise<T> => {
    const done = await work(await enter(tx, enterChange(tx, scope), spec));
    await record(tx, context, spec, [done, ...(done.also ?? [])]);
    return done.result;
  };
  return services.tenantQueue.run(scope.tenantId, () =>
    transaction(services.db.changes, inTenant, { timeout: spec.timeout }),
  );
}

async function enter<R>(
  tx: Tx,
  entering: Promise<ActorAccess>,
  { permission, read }: ChangeSpec<R>,
): Promise<ChangeScope<R>> {
  const reading = Promise.resolve(read?.(tx)) as Promise<R>;
  // The work may be refused before it looks at this.
  reading.catch(() => undefined);
  const access = await entering;
  if (permission) assertPermission(access, permission);
  return { tx, access, read: reading };
}

async function preview<T, R>(
  { services, scope }: RequestContext,
  spec: ChangeSpec<R>,
  work: (scope: ChangeScope<R>) => Promise<Changed<T>>,
): Promise<never> {
  const inTenant = async (tx: Tx): Promise<never> => {
    const entered = await enter(tx, readAccess(tx), spec);
    // Nothing stays of which to check that it may: thousands of assignments would each be looked up.
    await tx.$executeRaw(sentWithNext(Prisma.sql`SET CONSTRAINTS ALL DEFERRED`));
    const before = await readAccessSnapshot(tx, scope.tenantId);
    await work(entered);
    // Of what the database checks at commit, only this can refuse a change.
    await tx.$executeRaw`SET CONSTRAINTS require_owner IMMEDIATE`;
    throw new DryRunRollback(await effectSince(tx, scope.tenantId, before, holds(entered.access, 'members:read')));
  };
  return services.tenantQueue.run(`previews of ${scope.tenantId}`, () =>
    tenantTx(services.db.changes, scope, inTenant, { timeout: spec.timeout, isolationLevel: 'RepeatableRead' }),
  );
}

const record = (
  tx: Tx,
  { scope, actor, origin }: RequestContext,
  spec: Omit<ChangeSpec, 'read'>,
  changes: readonly AuditChange[],
) =>
  insertAudits(
    tx,
    changes
      .filter(({ before, after }) => !isDeepStrictEqual(before, after))
      .map((one) => ({
        tenantId: scope.tenantId,
        actor,
        origin,
        action: one.action ?? spec.action,
        category: one.category ?? spec.category,
        severity: spec.severity ?? 'info',
        subjectId: one.subjectId ?? null,
        target: one.target,
        before: one.before,
        after: one.after,
        context: one.context ?? null,
        permission: spec.permission,
        reason: spec.reason ?? null,
      })),
  );
