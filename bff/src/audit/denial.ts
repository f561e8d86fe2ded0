import type { AuthorizedContext } from '../access/actor.ts';
import { PLATFORM_TENANT_ID } from '../access/permissions.ts';
import type { AppError } from '../core/errors.ts';
import { tenantTx } from '../db/tenant-tx.ts';
import { insertAudit } from './record.ts';

/** Up to this many denials per actor and minute are all recorded, above that every hundredth. */
const FULL_RATE = 100;
const SAMPLE = 100;
const counts = new Map<string, { minute: number; denials: number }>();

/**
 * Records a denial in the tenant, or with the platform where the actor may not know the tenant.
 */
export async function recordDenial(
  context: AuthorizedContext,
  error: AppError,
  requestedTenantId: string,
): Promise<void> {
  context.services.metrics.denials.inc({ reason: error.code });
  if (!isRecorded(context.actor.id ?? 'unknown')) return;
  const { services, access, actor, origin } = context;
  const isVisible = access.tenant && (access.membership || access.platformPermissions.size > 0);
  const tenantId = isVisible ? context.scope.tenantId : PLATFORM_TENANT_ID;
  await tenantTx(services.db.server, { tenantId, userId: context.scope.userId }, (tx) =>
    insertAudit(tx, {
      tenantId,
      actor,
      origin,
      action: context.operation,
      category: 'access',
      severity: 'warning',
      outcome: 'denied',
      permission: error.details.permission ?? null,
      reason: error.code,
      context: context.dryRun ? { dryRun: true } : null,
      ...(isVisible ? {} : { target: { type: 'tenant', id: requestedTenantId, label: null } }),
    }),
  );
}

function isRecorded(actorId: string): boolean {
  const minute = Math.floor(Date.now() / 60_000);
  const known = counts.get(actorId);
  const count = known?.minute === minute ? known : { minute, denials: 0 };
  count.denials += 1;
  counts.set(actorId, count);
  if (counts.size > 10_000) for (const [key, { minute: then }] of counts) if (then !== minute) counts.delete(key);
  return count.denials <= FULL_RATE || count.denials % SAMPLE === 0;
}
