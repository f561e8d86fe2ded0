import './audit.css';
import type { Row } from 'bff/contract';
import { Link } from 'react-router';
import { useI18n } from '../../i18n/i18n.ts';
import { useListState } from '../../providers/data/use-list-state.ts';
import { useRows } from '../../providers/data/use-rows.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { EventReason } from '../../ui/audit/event-reason.tsx';
import { AuditSummary } from '../../ui/audit/summary.tsx';
import { Status } from '../../ui/chips/status-dot.tsx';
import { outcomeStatus } from '../../ui/chips/status-labels.ts';
import { When } from '../../ui/chips/when.tsx';
import type { Column } from '../../ui/list/column.ts';
import { DataList } from '../../ui/list/data-list.tsx';
import { PageHeader } from '../../ui/page/page-header.tsx';
import { useAuditResource } from './audit-resource.ts';
import { AuditFilters, auditFilters } from './filters.tsx';

export default function AuditList() {
  const { t } = useI18n();
  const scope = useTenantScope();
  const { resource, everywhere } = useAuditResource();
  const state = useListState({ filters: auditFilters, sort: '-createdAt' });
  const events = useRows<'audit-logs'>(resource, { state });

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
    {
      title: t('audit.result'),
      width: '120px',
      render: ({ outcome }) => <Status {...outcomeStatus[outcome]} />,
    },
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
    <>
      <PageHeader title={t('audit.title')} lead={t('audit.lead')} />
      <DataList
        label={t('audit.title')}
        columns={columns}
        rows={events}
        state={state}
        count="audit.count"
        empty={{ title: t('audit.none') }}
        filters={<AuditFilters state={state} events={events.rows} />}
      />
    </>
  );
}
