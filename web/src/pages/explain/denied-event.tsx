import { useOne } from '@refinedev/core';
import type { AuditLog } from 'bff/contract';
import { hasMessage, useI18n } from '../../i18n/i18n.ts';
import { useMe } from '../../providers/auth/session.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { AuditSummary } from '../../ui/audit/summary.tsx';
import { PermissionTag } from '../../ui/chips/permission-tag.tsx';
import { Note } from '../../ui/feedback/note.tsx';

/** The denied operation that is explained, and its reason where that is more than a missing permission. */
export function DeniedEvent({ auditLogId }: { auditLogId: string }) {
  const { rich } = useI18n();
  const me = useMe();
  const scope = useTenantScope();
  const readsAll = me.platform.permissions.includes('audit:read-all');
  const { result: event } = useOne<AuditLog>({
    resource: readsAll ? 'audit-logs' : scope.resource('audit-logs'),
    id: auditLogId,
    queryOptions: { enabled: readsAll || scope.can('audit:read') },
  });
  if (!event) return null;
  const key = `audit.denied_${event.reason}`;
  return (
    <Note>
      <AuditSummary event={event} />{' '}
      {hasMessage(key) ? rich(key, { permission: <PermissionTag code={event.permission ?? ''} /> }) : null}
    </Note>
  );
}
