import { Prisma } from '@rolecall/prisma/client';
import { PLATFORM_TENANT_ID } from '../../access/permissions.ts';
import { insertAudit } from '../../audit/record.ts';
import type { RequestContext } from '../../core/context.ts';
import { tenantTx } from '../../db/tenant-tx.ts';
import { NO_TENANT } from '../context.ts';

/** Returns dead pushes to the outbox, audited in the platform's log. Returns their number. */
export async function replayDeadPushes(
  { services, actor, origin }: RequestContext,
  { tenantId, userId }: { tenantId?: string | undefined; userId?: string | undefined },
): Promise<number> {
  const count = await tenantTx(services.db.sync, NO_TENANT, async (tx) => {
    const replayed = await tx.$executeRaw`
      UPDATE identity_push
      SET status = 'pending', attempts = 0, last_error = NULL, next_attempt_at = clock_timestamp(), updated_at = clock_timestamp()
      WHERE status = 'dead' ${tenantId ? Prisma.sql`AND tenant_id = ${tenantId}::uuid` : Prisma.empty}
        ${userId ? Prisma.sql`AND object_id = ${userId}` : Prisma.empty}`;
    if (replayed > 0) {
      await insertAudit(tx, {
        tenantId: PLATFORM_TENANT_ID,
        actor,
        origin,
        action: 'identity-push.replayed',
        category: 'identity',
        permission: 'sync:run',
        subjectId: userId ?? null,
        target: { type: 'identity-push', id: null, label: null },
        after: { count: replayed, ...(tenantId ? { tenantId } : {}) },
      });
    }
    return replayed;
  });
  if (count > 0) await services.queue.send('identity-pushes', {});
  return count;
}
