import { createHash } from 'node:crypto';
import type { RequestContext } from '../core/context.ts';
import { AppError } from '../core/errors.ts';
import type { Tx } from '../db/tenant-tx.ts';

const hashOf = (context: RequestContext, body: unknown) =>
  createHash('sha256')
    .update(`${context.operation}\n${JSON.stringify(body)}`)
    .digest();

/** The id that an earlier request with this Idempotency-Key made, or null. Throws idempotency_key_reused. */
export async function targetOfRetry(tx: Tx, context: RequestContext, body: unknown): Promise<string | null> {
  if (!context.idempotencyKey || body === undefined) return null;
  const made = await tx.idempotencyKey.findFirst({
    where: { tenantId: context.scope.tenantId, actorId: context.actor.id ?? '', key: context.idempotencyKey },
  });
  if (!made) return null;
  if (!hashOf(context, body).equals(made.requestHash)) throw new AppError('idempotency_key_reused');
  return made.targetId;
}

export async function rememberTarget(tx: Tx, context: RequestContext, body: unknown, targetId: string): Promise<void> {
  if (!context.idempotencyKey || body === undefined) return;
  await tx.idempotencyKey.create({
    data: {
      tenantId: context.scope.tenantId,
      actorId: context.actor.id ?? '',
      key: context.idempotencyKey,
      requestHash: new Uint8Array(hashOf(context, body)),
      targetId,
    },
  });
}
