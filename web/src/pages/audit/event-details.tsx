import type { AuditLog } from 'bff/contract';
import { Link } from 'react-router';
import { historyPath } from '../../core/history-path.ts';
import { exactTime } from '../../i18n/format.ts';
import { useI18n } from '../../i18n/i18n.ts';
import { useMe } from '../../providers/auth/session.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { usePaths } from '../../providers/tenant/use-paths.ts';
import { PermissionTag } from '../../ui/chips/permission-tag.tsx';
import { Status } from '../../ui/chips/status-dot.tsx';
import { outcomeStatus } from '../../ui/chips/status-labels.ts';
import { TenantName } from '../../ui/chips/tenant-mark.tsx';
import { userName } from '../../ui/chips/user-name.ts';
import { Details } from '../../ui/page/record-page.tsx';

/** When, where from and by which permission an event happened. */
export function EventDetails({ event }: { event: AuditLog }) {
  const { t } = useI18n();
  const me = useMe();
  const scope = useTenantScope();
  const why = usePaths(event.tenant).why(event);
  const { actor, tenant, permission, requestId, ip, userAgent } = event;
  const { impersonator } = actor;
  const same = (filter: Record<string, string>) => scope.to(`audit?${new URLSearchParams(filter)}`);
  const isFromProvider = actor.type === 'webhook' && actor.id && me.platform.permissions.includes('sync:read');
  return (
    <Details
      rows={{
        [t('audit.when')]: exactTime(event.createdAt),
        [t('audit.result')]: <Status {...outcomeStatus[event.outcome]} />,
        [t('audit.where')]: <TenantName id={tenant.id} name={tenant.name} />,
        [t('audit.action')]: <code>{event.action}</code>,
        [t('audit.severity')]: t(`audit.severity_${event.severity}`),
        [t('audit.permission')]: permission && <PermissionTag code={permission} />,
        [t('audit.request')]: requestId && (
          <Link className="mono" to={same({ requestId })}>
            {requestId}
          </Link>
        ),
        [t('audit.impersonator')]: impersonator && (
          <Link to={same({ impersonatorId: impersonator.id })}>{userName(impersonator)}</Link>
        ),
        [t('sync.of_audit')]: isFromProvider && (
          <Link className="mono" to={`/platform/sync/events/${encodeURIComponent(actor.id ?? '')}`}>
            {actor.id}
          </Link>
        ),
        [t('audit.ip')]: ip && <code>{ip}</code>,
        [t('audit.device')]: userAgent && <span className="muted">{userAgent}</span>,
      }}
      links={{
        [t('explain.of_event')]: why,
        [t('access_history.of_event')]:
          tenant.id === scope.tenantId &&
          scope.can('access:explain') &&
          historyPath(scope.base, { event: event.id, ...(event.subject ? { userId: event.subject.id } : {}) }),
      }}
    />
  );
}
