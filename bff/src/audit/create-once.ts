import { createHash } from 'node:crypto';
import { Prisma } from '@rolecall/prisma/client';
import type { RequestContext } from '../core/context.ts';
import { AppError } from '../core/errors.ts';
import { sentWithNext } from '../db/connect/pipelined-client.ts';
import type { Tx } from '../db/tenant-tx.ts';
import { type Changed, type ChangeScope, type ChangeSpec, change } from './change.ts';

interface CreateSpec<R> extends ChangeSpec<R> {
  /** The body of the request: a retry repeats it, another request does not. */
  idempotentOn: unknown;
}

/** What was created. The type rules out a request that changes nothing: a retry must find what its first attempt created. */
interface Created<T> extends Changed<T> {
  before: null;
  after: object;
}

/** The id of what was created, by this request or by an earlier one with its Idempotency-Key: then `created` is null. */
interface CreatedOnce<T> {
  id: string;
  created: T | null;
}

/**
 * As change(), for POSTs that create one thing, the target of the change. A retry changes nothing, so the dry run of one has no
 * effect. Throws idempotency_key_reused.
 */
export const createOnce = <T, R = undefined>(
  context: RequestContext,
  { idempotentOn: body, read, ...spec }: CreateSpec<R>,
  work: (scope: ChangeScope<R>) => Promise<Created<T>>,
): Promise<CreatedOnce<T>> => {
  const readBoth = (tx: Tx) => Promise.all([targetOfRetry(tx, context, body), read?.(tx) as R]);
  return change<CreatedOnce<T>, [string | null, R]>(
    context,
    { ...spec, read: readBoth },
    async ({ tx, access, read }) => {
      const [id, found] = await read;
      if (id)
        return { result: { id, created: null }, before: null, after: null, target: { type: 'retry', id, label: null } };
      const done = await work({ tx, access, read: Promise.resolve(found) });
      await rememberTarget(tx, context, body, done.target.id);
      return { ...done, result: { id: done.target.id, created: done.result } };
    },
  );
};

const hashOf = (context: RequestContext, body: unknown) =>
  createHash('sha256')
    .update(`${context.operation}\n${JSON.stringify(body)}`)
    .digest();

/** Returns the id that an earlier request with this Idempotency-Key created, or null. */
async function targetOfRetry(tx: Tx, context: RequestContext, body: unknown): Promise<string | null> {
  if (!context.idempotencyKey) return null;
  const earlier = await tx.idempotencyKey.findFirst({
    where: { tenantId: context.scope.tenantId, actorId: context.actor.id ?? '', key: context.idempotencyKey },
  });
  if (!earlier) return null;
  if (!hashOf(context, body).equals(earlier.requestHash)) throw new AppError('idempotency_key_reused');
  return earlier.targetId;
}

async function rememberTarget(tx: Tx, context: RequestContext, body: unknown, targetId: string): Promise<void> {
  if (!context.idempotencyKey) return;
  await tx.$executeRaw(
    sentWithNext(Prisma.sql`
      INSERT INTO idempotency_key (tenant_id, actor_id, key, request_hash, target_id)
      VALUES (${context.scope.tenantId}::uuid, ${context.actor.id ?? ''}, ${context.idempotencyKey}, ${hashOf(context, body)}, ${targetId})`),
  );
}
