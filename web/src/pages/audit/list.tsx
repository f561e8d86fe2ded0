import './audit-pages.css';
import type { Row } from 'bff/contract';
import { Link } from 'react-router';
import { useI18n } from '../../i18n/i18n.ts';
import { usePlace } from '../../providers/place.tsx';
import { useRows } from '../../providers/use-rows.ts';
import { AuditSentence } from '../../ui/audit-sentence.tsx';
import type { Column } from '../../ui/column.ts';
import { DataList } from '../../ui/data-list.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { StatusDot } from '../../ui/status-dot.tsx';
import { useListState } from '../../ui/use-list-state.ts';
import { When } from '../../ui/when.tsx';
import { AuditFilters, auditFilters } from './audit-filters.tsx';
import { useAuditResource } from './audit-resource.ts';
import { EventReason } from './event-reason.tsx';

export default function AuditList() {
  const { t } = useI18n();
  const place = usePlace();
  const { resource, everywhere } = useAuditResource();
  const state = useListState({ filters: auditFilters, sort: '-createdAt' });
  const events = useRows<'audit-logs'>(resource, { state });

  const columns: Column<Row<'audit-logs'>>[] = [
    {
      title: t('audit.event'),
      render: (event) => (
        <>
          <AuditSentence event={event} withTenant={everywhere} />
          <EventReason event={event} />
        </>
      ),
    },
    {
      title: t('audit.result'),
      width: '120px',
      render: ({ outcome }) => (
        <StatusDot tone={outcome === 'allowed' ? 'good' : 'bad'}>{t(`audit.outcome_${outcome}`)}</StatusDot>
      ),
    },
    {
      title: t('audit.when'),
      sort: 'createdAt',
      width: '140px',
      align: 'end',
      render: ({ id, createdAt }) => (
        <Link to={place.to(`audit/${id}`)} className="audit-when">
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
        empty={{ title: t('audit.nothing_yet') }}
        filters={<AuditFilters state={state} />}
      />
    </>
  );
}
