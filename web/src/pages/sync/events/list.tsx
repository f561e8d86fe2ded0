import type { Row } from 'bff/contract';
import { wholeNumber } from '../../../i18n/format.ts';
import { useI18n } from '../../../i18n/i18n.ts';
import { useListState } from '../../../providers/data/use-list-state.ts';
import { useRows } from '../../../providers/data/use-rows.ts';
import { useTenantScope } from '../../../providers/tenant/tenant-scope.tsx';
import { StatusDot } from '../../../ui/chips/status-dot.tsx';
import { When } from '../../../ui/chips/when.tsx';
import type { Column } from '../../../ui/list/column.ts';
import { DataList } from '../../../ui/list/data-list.tsx';
import { FilterToken } from '../../../ui/list/filter-token.tsx';
import { FilterPeriod, FilterSelect, SearchBox } from '../../../ui/list/filters.tsx';
import { SyncFrame } from '../frame.tsx';
import { SyncSubject } from '../subject.tsx';
import { useHasDirectory, usePolling } from '../use-sync.ts';
import { eventStatus, formatEventType, formatSyncError, STATUSES, typeOptions } from './labels.ts';
import { ReplayMany } from './replay.tsx';

const POLL_MS = 5_000;
const FILTERS = ['status', 'type', 'objectId', 'receivedAt[gte]', 'receivedAt[lte]'];

export default function SyncEvents() {
  return (
    <SyncFrame tab="events">
      <EventList />
    </SyncFrame>
  );
}

function EventList() {
  const { t } = useI18n();
  const scope = useTenantScope();
  const state = useListState({ filters: FILTERS, sort: '-receivedAt' });
  const events = useRows<'webhook-events'>('webhook-events', { state, enabled: useHasDirectory() === true });
  const isMoving = events.rows?.some(({ status }) => status === 'received' || status === 'failed') === true;
  usePolling(isMoving, events.retry, POLL_MS);
  const columns: Column<Row<'webhook-events'>>[] = [
    {
      title: t('sync.event_type'),
      width: '28%',
      render: ({ type }) => (
        <>
          {formatEventType(type)}
          <code className="mono sync-second">{type}</code>
        </>
      ),
    },
    {
      title: t('status.label'),
      render: ({ status, lastError, attempts }) => (
        <>
          <StatusDot tone={eventStatus[status].tone}>{t(eventStatus[status].label)}</StatusDot>
          {status === 'failed' || status === 'dead' ? (
            <span className="sync-second sync-clamped">
              {t('sync.event_failures', {
                count: attempts,
                n: wholeNumber(attempts),
                error: formatSyncError(lastError ?? ''),
              })}
            </span>
          ) : null}
        </>
      ),
    },
    {
      title: t('sync.event_object'),
      width: '27%',
      render: (event) => <SyncSubject {...event} />,
    },
    {
      title: t('sync.event_received'),
      sort: 'receivedAt',
      width: '130px',
      align: 'end',
      render: ({ receivedAt }) => <When at={receivedAt} />,
    },
  ];
  const statuses = STATUSES.map((value) => ({ value, label: t(eventStatus[value].label) }));
  return (
    <DataList
      label={t('sync.tab_events')}
      columns={columns}
      rows={isMoving ? { ...events, isFetching: false } : events}
      state={state}
      count="sync.events_count"
      rowTo={({ id }) => scope.to(`sync/events/${encodeURIComponent(id)}`)}
      empty={{ title: t('sync.events_empty'), text: t('sync.events_empty_text') }}
      filters={
        <>
          <SearchBox state={state} label={t('sync.events_search')} />
          <FilterSelect state={state} name="status" label={t('status.label')} options={statuses} />
          <FilterSelect state={state} name="type" label={t('sync.event_type')} options={typeOptions()} />
          <FilterPeriod state={state} name="receivedAt" />
          <FilterToken state={state} name="objectId" label={t('sync.events_of_object')} />
          <ReplayMany state={state} events={events} />
        </>
      }
    />
  );
}
