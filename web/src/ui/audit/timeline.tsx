import './audit.css';
import type { AuditLog } from 'bff/contract';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { t } from '../../i18n/i18n.ts';
import { useRows } from '../../providers/data/use-rows.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { usePaths } from '../../providers/tenant/use-paths.ts';
import { When } from '../chips/when.tsx';
import { ListSection } from '../page/list-section.tsx';
import { EventReason } from './event-reason.tsx';
import { AuditSummary } from './summary.tsx';

type Props = {
  title?: string;
  /** Filters of the audit list: { subjectId }, { targetId }, { actorId } ... */
  filter?: Record<string, string>;
  limit?: number;
  /** Reads the events of all tenants (for platform pages) instead of this scope's. */
  everywhere?: boolean;
  actions?: ReactNode;
  /** The text for an empty timeline. */
  empty?: string;
};

/** The latest audit events of a user, role or tenant. Hidden without permission to read the log. */
export function AuditTimeline({ title, filter = {}, limit = 10, everywhere = false, actions, empty }: Props) {
  const scope = useTenantScope();
  const canRead = scope.can(everywhere ? 'audit:read-all' : 'audit:read');
  const resource = everywhere ? 'audit-logs' : scope.resource('audit-logs');
  const rows = useRows<'audit-logs'>(resource, {
    fixed: filter,
    sort: '-createdAt',
    limit,
    enabled: canRead,
  });
  if (!canRead) return null;
  const more = `${everywhere ? '/platform' : scope.base}/audit?${new URLSearchParams(filter)}`;
  return (
    <ListSection
      title={title ?? t('audit.timeline')}
      rows={rows}
      empty={empty ?? t('audit.none')}
      actions={actions ?? (rows.rows?.length === limit ? <Link to={more}>{t('audit.all')}</Link> : null)}
      list="timeline"
    >
      {(event) => <TimelineRow key={event.id} event={event} withTenant={everywhere && !filter.tenantId} />}
    </ListSection>
  );
}

/** An event in a timeline, with a link to its page. */
export function TimelineRow({ event, withTenant = false }: { event: AuditLog; withTenant?: boolean }) {
  const paths = usePaths(event.tenant);
  return (
    <li className={event.outcome === 'denied' ? 'tone-bad' : undefined}>
      <span>
        <AuditSummary event={event} withTenant={withTenant} />
        <EventReason event={event} />
      </span>
      <Link className="timeline-when plain-link" to={paths.event(event.id)}>
        <When at={event.createdAt} />
      </Link>
    </li>
  );
}
