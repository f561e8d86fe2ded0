import { type AuthorizedContext, readAccess } from '../../access/actor.ts';
import { change } from '../../audit/change.ts';
import { recordDenial } from '../../audit/denial.ts';
import type { Actor } from '../../core/actor.ts';
import { AppError, DENIALS, isRetryable } from '../../core/errors.ts';
import type { Services } from '../../core/services.ts';
import { tenantRead, tenantTx } from '../../db/tenant-tx.ts';
import type { BulkRequest } from './bulk.ts';
import { applyBulk, raiseVersions } from './bulk-apply.ts';

const CHUNK = 200;

interface Job {
  tenantId: string;
  id: string;
}

/** Runs the jobs of bulk changes, each chunk with the current access of the actor. */
export const startBulkRoles = (services: Services): Promise<void> =>
  services.queue.work<Job>('member-roles', async ({ tenantId, id }, { signal }) => {
    const until = AbortSignal.any([signal, services.stopping.signal]);
    while (!until.aborted && (await applyNextChunk(services, { tenantId, id })) === 'more');
    // The error makes the queue retry the job with another worker.
    if (until.aborted) throw new Error('interrupted');
  });

/** Applies one chunk and records the progress in the same transaction, so that no member is processed twice. */
async function applyNextChunk(services: Services, { tenantId, id }: Job): Promise<'more' | 'done'> {
  const scope = { tenantId, userId: null };
  const byId = { where: { tenantId, id } };
  const row = await tenantRead(services.db.server, scope, (client) => client.bulkRoleChange.findFirst(byId));
  if (!row || row.status === 'done' || row.status === 'failed') return 'done';
  const request = row.request as unknown as BulkRequest;
  const { sessionId, impersonatorId } = request;
  const context = await contextForJob(services, row, {
    type: 'user',
    id: row.actorId,
    sessionId,
    ...(impersonatorId ? { impersonatorId } : {}),
  });
  try {
    const isFinished = await change(
      context,
      {
        action: 'member.roles_changed',
        category: 'membership',
        permission: 'roles:assign',
        ...(request.reason ? { reason: request.reason } : {}),
      },
      async ({ tx, access }) => {
        const progress = await tx.bulkRoleChange.findFirstOrThrow(byId);
        const chunk = request.memberIds.slice(progress.done, progress.done + CHUNK);
        const { changes, refused } = await applyBulk({ tx, access, tenantId, actorId: row.actorId }, chunk, request);
        await raiseVersions(
          tx,
          tenantId,
          changes.map(({ target }) => target.id),
        );
        const done = progress.done + chunk.length;
        const isFinished = done >= progress.total;
        await tx.bulkRoleChange.update({
          where: { tenantId_id: { tenantId, id } },
          data: {
            done,
            changed: { increment: changes.length },
            refused: [...(progress.refused as object[]), ...refused],
            status: isFinished ? 'done' : 'running',
            ...(isFinished ? { finishedAt: new Date() } : {}),
          },
        });
        const also = changes.map((each) => ({ ...each, context: { bulkRoleChange: id } }));
        return {
          result: isFinished,
          before: null,
          after: null,
          target: { type: 'bulk-role-change', id, label: null },
          also,
        };
      },
    );
    return isFinished ? 'done' : 'more';
  } catch (error) {
    if (!(error instanceof AppError) || isRetryable(error)) throw error;
    if (DENIALS.has(error.code)) await recordDenial(context, error, tenantId);
    await tenantTx(services.db.server, scope, (tx) =>
      tx.bulkRoleChange.update({
        where: { tenantId_id: { tenantId, id } },
        data: { status: 'failed', error: error.code, finishedAt: new Date() },
      }),
    );
    return 'done';
  }
}

async function contextForJob(
  services: Services,
  job: { tenantId: string; id: string; actorId: string },
  actor: Actor,
): Promise<AuthorizedContext> {
  const scope = { tenantId: job.tenantId, userId: job.actorId };
  return {
    services,
    origin: { requestId: `bulk-${job.id}`, ip: null, userAgent: null },
    actor,
    scope,
    access: await tenantRead(services.db.server, scope, readAccess),
    language: 'en',
    operation: 'member.bulk-roles',
    idempotencyKey: null,
    ifMatch: null,
    dryRun: false,
  };
}
