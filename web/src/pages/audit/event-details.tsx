import type { AuditLog } from 'bff/contract';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { historyPath } from '../../core/history-path.ts';
import { exactTime } from '../../i18n/format.ts';
import { useI18n } from '../../i18n/i18n.ts';
import { useMe } from '../../providers/auth/session.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { usePaths } from '../../providers/tenant/use-paths.ts';
import { PermissionTag } from '../../ui/chips/permission-tag.tsx';
import { StatusDot } from '../../ui/chips/status-dot.tsx';
import { TenantName } from '../../ui/chips/tenant-mark.tsx';
import { Details } from '../../ui/page/detail-layout.tsx';

/** When, where from and by which permission an event happened. */
export function EventDetails({ event }: { event: AuditLog }) {
  const { t } = useI18n();
  const me = useMe();
  const scope = useTenantScope();
  const paths = usePaths(event.tenant);
  const { outcome, permission, requestId, ip, userAgent } = event;
  const rows: [string, ReactNode][] = [
    [t('audit.when'), exactTime(event.createdAt)],
    [
      t('audit.result'),
      <StatusDot key="outcome" tone={outcome === 'allowed' ? 'good' : 'bad'}>
        {t(`audit.outcome_${outcome}`)}
      </StatusDot>,
    ],
    [t('audit.where'), <TenantName key="tenant" id={event.tenant.id} name={event.tenant.name} />],
    [
      t('audit.action'),
      <code key="action" className="mono">
        {event.action}
      </code>,
    ],
    [t('audit.severity'), t(`audit.severity_${event.severity}`)],
  ];
  if (permission) rows.push([t('audit.permission'), <PermissionTag key="permission" code={permission} />]);
  if (requestId) {
    const same = scope.to(`audit?${new URLSearchParams({ requestId })}`);
    rows.push([
      t('audit.request'),
      <Link key="request" className="mono" to={same}>
        {requestId}
      </Link>,
    ]);
  }
  const { actor } = event;
  if (actor.impersonator) {
    const { id, name, email } = actor.impersonator;
    const theirs = scope.to(`audit?${new URLSearchParams({ impersonatorId: id })}`);
    rows.push([
      t('audit.impersonator'),
      <Link key="impersonator" to={theirs}>
        {name ?? email ?? id}
      </Link>,
    ]);
  }
  if (actor.type === 'webhook' && actor.id && me.platform.permissions.includes('sync:read'))
    rows.push([
      t('sync.of_audit'),
      <Link key="sync" className="mono" to={`/platform/sync/events/${encodeURIComponent(actor.id)}`}>
        {actor.id}
      </Link>,
    ]);
  if (ip)
    rows.push([
      t('audit.ip'),
      <span key="ip" className="mono">
        {ip}
      </span>,
    ]);
  if (userAgent)
    rows.push([
      t('audit.device'),
      <span key="agent" className="muted">
        {userAgent}
      </span>,
    ]);
  const why = paths.why(event);
  return (
    <>
      <Details rows={rows} />
      {why ? (
        <p className="details-more">
          <Link to={why}>{t('explain.of_event')}</Link>
        </p>
      ) : null}
      {event.tenant.id === scope.tenantId && scope.can('access:explain') ? (
        <p className="details-more">
          <Link
            to={historyPath(scope.base, { event: event.id, ...(event.subject ? { userId: event.subject.id } : {}) })}
          >
            {t('access_history.of_event')}
          </Link>
        </p>
      ) : null}
    </>
  );
}
