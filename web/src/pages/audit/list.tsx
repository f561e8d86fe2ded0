import './audit.css';
import type { Row } from 'bff/contract';
import { Link } from 'react-router';
import { useI18n } from '../../i18n/i18n.ts';
import { useListPage } from '../../providers/data/use-list-page.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { EventReason } from '../../ui/audit/event-reason.tsx';
import { AuditSummary } from '../../ui/audit/summary.tsx';
import { Status } from '../../ui/chips/status-dot.tsx';
import { outcomeStatus } from '../../ui/chips/status-labels.ts';
import { When } from '../../ui/chips/when.tsx';
import type { Column } from '../../ui/list/column.ts';
import { ListPage } from '../../ui/list/list-page.tsx';
import { AuditFilters, auditFilters } from './filters.tsx';

export default function AuditList() {
  const { t } = useI18n();
  const scope = useTenantScope();
  // A tenant reads its own log; the platform reads all.
  const everywhere = scope.kind === 'platform';
  const resource = everywhere ? 'audit-logs' : scope.resource('audit-logs');
  const list = useListPage<'audit-logs'>(resource, { filters: auditFilters, sort: '-createdAt' });
  const columns: Column<Row<'audit-logs'>>[] = [
    {
      title: t('audit.event'),
      render: (event) => (
        <>
          <AuditSummary event={event} withTenant={everywhere} />
          <EventReason event={event} />
        </>
      ),
    },
    { title: t('audit.result'), width: '120px', render: ({ outcome }) => <Status {...outcomeStatus[outcome]} /> },
    {
      title: t('audit.when'),
      sort: 'createdAt',
      width: '140px',
      align: 'end',
      render: ({ id, createdAt }) => (
        <Link to={scope.to(`audit/${id}`)} className="plain-link row-target">
          <When at={createdAt} />
        </Link>
      ),
    },
  ];
  return (
    <ListPage
      title={t('audit.title')}
      lead={t('audit.lead')}
      columns={columns}
      {...list}
      count="audit.count"
      empty={{ title: t('audit.none') }}
      filters={<AuditFilters state={list.state} events={list.rows.rows} />}
    />
  );
}
