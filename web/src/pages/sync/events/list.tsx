import type { Row } from 'bff/contract';
import { t } from '../../../i18n/i18n.ts';
import { useListPage } from '../../../providers/data/use-list-page.ts';
import { useTenantScope } from '../../../providers/tenant/tenant-scope.tsx';
import { Status } from '../../../ui/chips/status-dot.tsx';
import type { Column } from '../../../ui/list/column.ts';
import { timeColumn } from '../../../ui/list/columns.tsx';
import { DataList } from '../../../ui/list/data-list.tsx';
import { FilterToken } from '../../../ui/list/filter-token.tsx';
import { FilterPeriod, FilterSelect, SearchBox } from '../../../ui/list/filters.tsx';
import { SyncFrame } from '../frame.tsx';
import { SyncSubject } from '../subject.tsx';
import { eventStatus, formatEventType, formatSyncError, typeOptions } from './labels.ts';
import { ReplayMany } from './replay.tsx';

export default function SyncEvents() {
  const scope = useTenantScope();
  const list = useListPage<'webhook-events'>({
    poll: { while: (rows) => rows.some(({ status }) => ['received', 'failed'].includes(status)), every: 5_000 },
  });
  const columns: Column<Row<'webhook-events'>>[] = [
    {
      title: t('sync.event_type'),
      width: '28%',
      render: ({ type }) => (
        <>
          {formatEventType(type)}
          <code className="mono second">{type}</code>
        </>
      ),
    },
    {
      title: t('status.label'),
      render: ({ status, lastError, attempts }) => (
        <>
          <Status {...eventStatus[status]} />
          {status === 'failed' || status === 'dead' ? (
            <span className="second clamp-2">
              {t('sync.event_failures', {
                count: attempts,
                error: formatSyncError(lastError ?? ''),
              })}
            </span>
          ) : null}
        </>
      ),
    },
    { title: t('sync.event_object'), width: '27%', render: (event) => <SyncSubject {...event} /> },
    timeColumn('receivedAt', t('sync.event_received')),
  ];
  return (
    <SyncFrame tab="events">
      <DataList
        label={t('sync.tab_events')}
        columns={columns}
        {...list}
        count="sync.events_count"
        rowTo={({ id }) => scope.to(`sync/events/${encodeURIComponent(id)}`)}
        empty={{ title: t('sync.events_empty'), text: t('sync.events_empty_text') }}
        filters={
          <>
            <SearchBox state={list.state} label={t('sync.events_search')} />
            <FilterSelect state={list.state} name="status" label={t('status.label')} options={eventStatus} />
            <FilterSelect state={list.state} name="type" label={t('sync.event_type')} options={typeOptions()} />
            <FilterPeriod state={list.state} name="receivedAt" />
            <FilterToken state={list.state} name="objectId" label={t('sync.events_of_object')} />
            <ReplayMany {...list} />
          </>
        }
      />
    </SyncFrame>
  );
}
