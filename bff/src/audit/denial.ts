import type { AuthorizedContext } from '../access/actor.ts';
import { PLATFORM_TENANT_ID } from '../access/permissions.ts';
import type { AppError } from '../core/errors.ts';
import { tenantTx } from '../db/tenant-tx.ts';
import { insertAudit } from './record.ts';
import { isSampled } from './sampling.ts';

/**
 * Records a denial in the tenant, or with the platform where the actor may not know the tenant.
 */
export async function recordDenial(
  context: AuthorizedContext,
  error: AppError,
  requestedTenantId: string,
): Promise<void> {
  context.services.metrics.denials.inc({ reason: error.code });
  if (!isSampled(`denial ${context.actor.id}`)) return;
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
