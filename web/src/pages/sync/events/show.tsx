import '../sync.css';
import { useShow } from '@refinedev/core';
import type { WebhookEventDetail } from 'bff/contract';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useI18n } from '../../../i18n/i18n.ts';
import { useTenantScope } from '../../../providers/tenant/tenant-scope.tsx';
import { StatusDot } from '../../../ui/chips/status-dot.tsx';
import { CopyButton } from '../../../ui/form/copy-button.tsx';
import { DetailLayout, Details, Loaded } from '../../../ui/page/detail-layout.tsx';
import { PageHeader } from '../../../ui/page/page-header.tsx';
import { SyncSubject } from '../subject.tsx';
import { usePolling } from '../use-sync.ts';
import { EventChanges } from './changes.tsx';
import { eventStatus, formatEventType } from './labels.ts';
import { ReplayOne } from './replay.tsx';
import { EventTimeline } from './timeline.tsx';

const POLL_MS = 1_500;

export default function SyncEventPage() {
  const found = useShow<WebhookEventDetail>();
  usePolling(found.result?.status === 'received', found.query.refetch, POLL_MS);
  return <Loaded found={found}>{(event) => <Detail event={event} />}</Loaded>;
}

/** A webhook event: payload, status and effects. */
function Detail({ event }: { event: WebhookEventDetail }) {
  const { t } = useI18n();
  return (
    <DetailLayout
      header={
        <PageHeader
          title={formatEventType(event.type)}
          lead={<code className="mono">{event.type}</code>}
          secondary={
            <>
              <CopyButton text={location.href} label={t('sync.event_copy')} />
              <ReplayOne event={event} />
            </>
          }
        />
      }
      details={<EventDetails event={event} />}
    >
      <EventTimeline event={event} />
      <EventChanges event={event} />
    </DetailLayout>
  );
}

function EventDetails({ event }: { event: WebhookEventDetail }) {
  const { t } = useI18n();
  const scope = useTenantScope();
  const { status, objectId, id, requestId, user, tenant } = event;
  const rows: [string, ReactNode][] = [
    [
      t('status.label'),
      <StatusDot key="status" tone={eventStatus[status].tone}>
        {t(eventStatus[status].label)}
      </StatusDot>,
    ],
  ];
  if (objectId)
    rows.push([
      t('sync.event_object'),
      <span key="object">
        {user || tenant ? <SyncSubject user={user} tenant={tenant} objectId={objectId} /> : null}
        <code className="mono">{objectId}</code>
        <br />
        <Link to={scope.to(`sync/events?${new URLSearchParams({ objectId })}`)}>{t('sync.event_related')}</Link>
      </span>,
    ]);
  rows.push([
    t('sync.event_id'),
    <code key="id" className="mono">
      {id}
    </code>,
  ]);
  return (
    <>
      <Details rows={rows} />
      {requestId && event.changes.length > 0 && scope.can('audit:read-all') ? (
        <p className="details-more">
          <Link to={scope.to(`audit?${new URLSearchParams({ requestId })}`)}>{t('sync.event_audit')}</Link>
        </p>
      ) : null}
    </>
  );
}
