import '../../../ui/audit/audit.css';
import type { WebhookEventDetail } from 'bff/contract';
import { Link } from 'react-router';
import { exactTime, formatList } from '../../../i18n/format.ts';
import { t } from '../../../i18n/i18n.ts';
import { useRecord } from '../../../providers/data/use-record.ts';
import { useRows } from '../../../providers/data/use-rows.ts';
import { useTenantScope } from '../../../providers/tenant/tenant-scope.tsx';
import { fieldLabel } from '../../../ui/audit/labels.ts';
import { AuditSummary } from '../../../ui/audit/summary.tsx';
import { Status } from '../../../ui/chips/status-dot.tsx';
import { TenantName } from '../../../ui/chips/tenant-mark.tsx';
import { When } from '../../../ui/chips/when.tsx';
import { CopyButton } from '../../../ui/feedback/copy-button.tsx';
import { Note } from '../../../ui/feedback/note.tsx';
import { Details, Loaded, RecordPage } from '../../../ui/page/record-page.tsx';
import { Section } from '../../../ui/page/section.tsx';
import { duration } from '../duration.ts';
import { SyncSubject } from '../subject.tsx';
import { eventStatus, formatEventType, formatSyncError } from './labels.ts';
import { ReplayOne } from './replay.tsx';

const POLL_MS = 1_500;
type Props = { event: WebhookEventDetail };

/** A webhook event: payload, status and effects. */
export default function SyncEventPage() {
  const found = useRecord<WebhookEventDetail>((event) => event?.status === 'received' && POLL_MS);
  return (
    <Loaded found={found}>
      {(event) => (
        <RecordPage
          title={formatEventType(event.type)}
          lead={<code>{event.type}</code>}
          secondary={
            <>
              <CopyButton text={location.href} label={t('sync.event_copy')} />
              <ReplayOne event={event} />
            </>
          }
          details={<EventDetails event={event} />}
        >
          <EventTimeline event={event} />
          <EventChanges event={event} />
        </RecordPage>
      )}
    </Loaded>
  );
}

function EventDetails({ event }: Props) {
  const scope = useTenantScope();
  const { status, objectId, requestId, user, tenant } = event;
  return (
    <Details
      rows={{
        [t('status.label')]: <Status {...eventStatus[status]} />,
        [t('sync.event_object')]: objectId && (
          <>
            {user || tenant ? <SyncSubject user={user} tenant={tenant} /> : null}
            <code>{objectId}</code>
          </>
        ),
        [t('sync.event_id')]: <code>{event.id}</code>,
      }}
      links={{
        [t('sync.event_related')]: objectId !== null && scope.to(`sync/events?${new URLSearchParams({ objectId })}`),
        [t('sync.event_audit')]:
          requestId !== null &&
          event.changes.length > 0 &&
          scope.can('audit:read-all') &&
          scope.to(`audit?${new URLSearchParams({ requestId })}`),
      }}
    />
  );
}

type Step = { label: string; at: string | null; isBad?: boolean };

/** The processing steps of an event with the time between them. */
function EventTimeline({ event }: Props) {
  const { status, attempts, occurredAt, receivedAt, processedAt: at, nextAttemptAt, lastError } = event;
  const count = { count: attempts };
  const isDue = nextAttemptAt !== null && Date.parse(nextAttemptAt) <= Date.now();
  const last: Record<typeof status, Step[]> = {
    received: [{ label: t('sync.timeline_waiting'), at: null }],
    applied: [{ label: t('sync.timeline_applied', count), at }],
    ignored: [{ label: t('sync.timeline_ignored'), at }],
    dead: [{ label: t('sync.timeline_dead', count), at, isBad: true }],
    failed: [
      { label: t('sync.timeline_failed', count), at, isBad: true },
      { label: t('sync.timeline_next'), at: isDue ? null : nextAttemptAt },
    ],
  };
  const steps: Step[] = [
    ...(occurredAt ? [{ label: t('sync.timeline_occurred'), at: occurredAt }] : []),
    { label: t('sync.timeline_received'), at: receivedAt },
    ...last[status],
  ];
  return (
    <Section title={t('sync.event_timeline')}>
      <ol className="timeline">
        {steps.map(({ label, at, isBad }, index) => (
          <li key={label} className={isBad ? 'tone-bad' : undefined}>
            <span>{label}</span>
            {at ? <StepTime at={at} before={steps[index - 1]?.at ?? null} /> : null}
          </li>
        ))}
      </ol>
      {lastError ? (
        <Note tone={status === 'applied' ? 'neutral' : 'bad'}>
          {t('sync.event_error')}: <code>{formatSyncError(lastError)}</code>
        </Note>
      ) : null}
    </Section>
  );
}

/** Absolute times for the first and future steps, durations for those between. */
function StepTime({ at, before }: { at: string; before: string | null }) {
  const took = before ? Date.parse(at) - Date.parse(before) : Number.NaN;
  return (
    <span className="timeline-when">
      {took >= 0 && Date.parse(at) <= Date.now() ? (
        <time dateTime={at} title={exactTime(at)}>
          +{duration(took)}
        </time>
      ) : (
        <When at={at} />
      )}
    </span>
  );
}

/** The audit events of a webhook event: summaries with audit:read-all, else the actions. */
function EventChanges({ event: { id, changes, requestId, status } }: Props) {
  const scope = useTenantScope();
  const enabled = scope.can('audit:read-all') && changes.length > 0 && requestId !== null;
  const fixed = { requestId: requestId ?? '', actorId: id };
  const { rows } = useRows<'audit-logs'>('audit-logs', { fixed, limit: 100, enabled });
  const isOver = status === 'applied' || status === 'ignored';
  return (
    <Section title={t('sync.event_changes')}>
      {changes.length === 0 ? (
        <p className="muted empty-muted">{t(isOver ? 'sync.event_no_changes' : 'sync.event_no_changes_yet')}</p>
      ) : null}
      <ol className="timeline">
        {changes.map(({ auditLogId, action, fields, createdAt, tenant }) => {
          const row = rows?.find((event) => event.id === auditLogId);
          const when = <When at={createdAt} />;
          return (
            <li key={auditLogId}>
              <span>
                {row ? (
                  <AuditSummary event={row} withTenant />
                ) : (
                  <>
                    <code>{action}</code> <TenantName id={tenant.id} name={tenant.name} />
                  </>
                )}
                {fields.length > 0 ? (
                  <span className="second">
                    {t('sync.event_fields', { fields: formatList([...new Set(fields.map(fieldLabel))]) })}
                  </span>
                ) : null}
              </span>
              <span className="timeline-when">
                {enabled ? <Link to={scope.to(`audit/${auditLogId}`)}>{when}</Link> : when}
              </span>
            </li>
          );
        })}
      </ol>
    </Section>
  );
}
