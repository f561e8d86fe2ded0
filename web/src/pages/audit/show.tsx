import './audit.css';
import type { AuditLog } from 'bff/contract';
import { Link } from 'react-router';
import { historyPath } from '../../core/history-path.ts';
import { exactTime, shortTime } from '../../i18n/format.ts';
import { t } from '../../i18n/i18n.ts';
import { useMe } from '../../providers/auth/session.ts';
import { useRecord } from '../../providers/data/use-record.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { usePaths } from '../../providers/tenant/use-paths.ts';
import { EventReason } from '../../ui/audit/event-reason.tsx';
import { FieldDiff } from '../../ui/audit/field-diff.tsx';
import { AuditSummary } from '../../ui/audit/summary.tsx';
import { PermissionTag } from '../../ui/chips/permission-tag.tsx';
import { Status } from '../../ui/chips/status-dot.tsx';
import { outcomeStatus } from '../../ui/chips/status-labels.ts';
import { TenantName } from '../../ui/chips/tenant-mark.tsx';
import { userName } from '../../ui/chips/user-name.ts';
import { CopyButton } from '../../ui/feedback/copy-button.tsx';
import { Details, Loaded, RecordPage } from '../../ui/page/record-page.tsx';
import { Section } from '../../ui/page/section.tsx';

export default function AuditEventPage() {
  return <Loaded found={useRecord<AuditLog>()}>{(event) => <EventDetail event={event} />}</Loaded>;
}

function EventDetail({ event }: { event: AuditLog }) {
  const scope = useTenantScope();
  const changed = event.before !== null || event.after !== null;
  return (
    <RecordPage
      title={t('audit.event')}
      crumb={shortTime(event.createdAt)}
      lead={
        <span className="event-summary">
          <AuditSummary event={event} withTenant={scope.kind === 'platform'} />
        </span>
      }
      secondary={<CopyButton text={location.href} label={t('audit.copy_link')} />}
      details={<EventDetails event={event} />}
    >
      <Section title={t('audit.changes')} note={<EventReason event={event} />}>
        {changed ? (
          <FieldDiff before={event.before} after={event.after} />
        ) : (
          <p className="empty-muted muted">
            {t(event.outcome === 'denied' ? 'audit.no_changes_denied' : 'audit.no_changes')}
          </p>
        )}
      </Section>
      <details className="event-raw">
        <summary>{t('audit.raw')}</summary>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: long lines scroll sideways, also by keyboard. */}
        <pre tabIndex={0} className="mono">
          {JSON.stringify(event, null, 2)}
        </pre>
      </details>
    </RecordPage>
  );
}

/** When, where from and by which permission an event happened. */
function EventDetails({ event }: { event: AuditLog }) {
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
