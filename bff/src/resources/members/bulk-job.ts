import { type AuthorizedContext, readAccess } from '../../access/actor.ts';
import { change } from '../../audit/change.ts';
import { recordDenial } from '../../audit/denial.ts';
import { AppError, DENIALS } from '../../core/errors.ts';
import type { Services } from '../../core/services.ts';
import { tenantRead, tenantTx } from '../../db/tenant-tx.ts';
import type { BulkRequest } from './bulk.ts';
import { applyBulk } from './bulk-apply.ts';

const CHUNK = 200;

interface Job {
  tenantId: string;
  id: string;
}

/** Processes bulk changes, with the access that the actor has now. */
export const startBulkRoles = (services: Services): Promise<void> =>
  services.queue.work<Job>('member-roles', async ({ tenantId, id }, { signal }) => {
    const until = AbortSignal.any([signal, services.stopping.signal]);
    while (!until.aborted && (await applyNextChunk(services, { tenantId, id })) === 'more');
    // The error makes the queue assign the job to another worker.
    if (until.aborted) throw new Error('interrupted');
  });

/** Changes one chunk in one transaction with the progress, so that an interruption repeats no member. */
async function applyNextChunk(services: Services, { tenantId, id }: Job): Promise<'more' | 'done'> {
  const scope = { tenantId, userId: null };
  const find = { where: { tenantId, id } };
  const row = await tenantRead(services.db.server, scope, (client) => client.bulkRoleChange.findFirst(find));
  if (!row || row.status === 'done' || row.status === 'failed') return 'done';
  const request = row.request as unknown as BulkRequest;
  const context = await contextOf(services, { ...row, sessionId: request.sessionId });
  try {
    const isOver = await change(
      context,
      {
        action: 'member.roles_changed',
        category: 'membership',
        permission: 'roles:assign',
        ...(request.reason ? { reason: request.reason } : {}),
      },
      async ({ tx, access }) => {
        const now = await tx.bulkRoleChange.findFirstOrThrow(find);
        const part = request.memberIds.slice(now.done, now.done + CHUNK);
        const { changes, refused } = await applyBulk({ tx, access, tenantId, actorId: row.actorId }, part, request);
        const done = now.done + part.length;
        const isOver = done >= now.total;
        await tx.bulkRoleChange.update({
          where: { tenantId_id: { tenantId, id } },
          data: {
            done,
            changed: { increment: changes.length },
            refused: [...(now.refused as object[]), ...refused],
            status: isOver ? 'done' : 'running',
            ...(isOver ? { finishedAt: new Date() } : {}),
          },
        });
        const also = changes.map((one) => ({ ...one, context: { bulkRoleChange: id } }));
        return {
          result: isOver,
          before: null,
          after: null,
          target: { type: 'bulk-role-change', id, label: null },
          also,
        };
      },
    );
    return isOver ? 'done' : 'more';
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
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

async function contextOf(
  services: Services,
  job: { tenantId: string; id: string; actorId: string; sessionId: string | null },
): Promise<AuthorizedContext> {
  const scope = { tenantId: job.tenantId, userId: job.actorId };
  return {
    services,
    origin: { requestId: `bulk-${job.id}`, ip: null, userAgent: null },
    actor: { type: 'user', id: job.actorId, sessionId: job.sessionId },
    scope,
    access: await tenantRead(services.db.server, scope, readAccess),
    language: 'en',
    operation: 'member.bulk-roles',
    idempotencyKey: null,
    ifMatch: null,
    dryRun: false,
  };
}
