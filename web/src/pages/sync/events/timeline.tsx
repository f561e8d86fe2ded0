import type { WebhookEventDetail } from 'bff/contract';
import { exactTime, wholeNumber } from '../../../i18n/format.ts';
import { useI18n } from '../../../i18n/i18n.ts';
import { When } from '../../../ui/chips/when.tsx';
import { Note } from '../../../ui/feedback/note.tsx';
import { Section } from '../../../ui/page/section.tsx';
import { duration } from '../duration.ts';
import { formatSyncError } from './labels.ts';

type Step = { key: string; label: string; at: string | null; isBad?: boolean };

/** The processing steps of an event with the time between them. */
export function EventTimeline({ event }: { event: WebhookEventDetail }) {
  const { t } = useI18n();
  const { status, attempts, occurredAt, receivedAt, processedAt, nextAttemptAt, lastError } = event;
  const count = { count: attempts, n: wholeNumber(attempts) };
  const isDue = nextAttemptAt !== null && Date.parse(nextAttemptAt) <= Date.now();
  const steps: Step[] = [
    ...(occurredAt ? [{ key: 'occurred', label: t('sync.timeline_occurred'), at: occurredAt }] : []),
    { key: 'received', label: t('sync.timeline_received'), at: receivedAt },
  ];
  if (status === 'received') steps.push({ key: 'waiting', label: t('sync.timeline_waiting'), at: null });
  if (status === 'applied') steps.push({ key: 'end', label: t('sync.timeline_applied', count), at: processedAt });
  if (status === 'ignored') steps.push({ key: 'end', label: t('sync.timeline_ignored'), at: processedAt });
  if (status === 'dead')
    steps.push({ key: 'end', label: t('sync.timeline_dead', count), at: processedAt, isBad: true });
  if (status === 'failed') {
    steps.push({ key: 'end', label: t('sync.timeline_failed', count), at: processedAt, isBad: true });
    steps.push({ key: 'next', label: t('sync.timeline_next'), at: isDue ? null : nextAttemptAt });
  }
  return (
    <Section title={t('sync.event_timeline')}>
      <ol className="timeline">
        {steps.map(({ key, label, at, isBad }, index) => (
          <li key={key} className={isBad ? 'timeline-denied' : undefined}>
            <span>{label}</span>
            {at ? <StepTime at={at} before={steps[index - 1]?.at ?? null} /> : null}
          </li>
        ))}
      </ol>
      {lastError ? (
        <Note tone={status === 'applied' ? 'neutral' : 'bad'}>
          {t('sync.event_error')}: <code className="mono">{formatSyncError(lastError)}</code>
        </Note>
      ) : null}
    </Section>
  );
}

/** Absolute times for the first and future steps, durations for those between. */
function StepTime({ at, before }: { at: string; before: string | null }) {
  const took = before ? Date.parse(at) - Date.parse(before) : Number.NaN;
  const isFuture = Date.parse(at) > Date.now();
  return (
    <span className="timeline-when">
      {took >= 0 && !isFuture ? (
        <time dateTime={at} title={exactTime(at)}>
          +{duration(took)}
        </time>
      ) : (
        <When at={at} />
      )}
    </span>
  );
}
