import './audit.css';
import type { AuditLog } from 'bff/contract';
import { useParams } from 'react-router';
import { shortTime } from '../../i18n/format.ts';
import { useI18n } from '../../i18n/i18n.ts';
import { useRecord } from '../../providers/data/use-rows.ts';
import { FieldDiff } from '../../ui/audit/field-diff.tsx';
import { AuditSummary } from '../../ui/audit/summary.tsx';
import { CopyButton } from '../../ui/form/copy-button.tsx';
import { useCrumb } from '../../ui/page/crumb.ts';
import { DetailLayout, Loaded } from '../../ui/page/detail-layout.tsx';
import { PageHeader } from '../../ui/page/page-header.tsx';
import { Section } from '../../ui/page/section.tsx';
import { useAuditResource } from './audit-resource.ts';
import { EventDetails } from './event-details.tsx';
import { EventReason } from './event-reason.tsx';

export default function AuditEventPage() {
  const { id } = useParams();
  const { resource, everywhere } = useAuditResource();
  const found = useRecord<'audit-logs'>(resource, id);
  useCrumb(found.record ? shortTime(found.record.createdAt) : undefined);
  return <Loaded found={found}>{(event) => <EventDetail event={event} everywhere={everywhere} />}</Loaded>;
}

function EventDetail({ event, everywhere }: { event: AuditLog; everywhere: boolean }) {
  const { t } = useI18n();
  const changed = event.before !== null || event.after !== null;
  return (
    <DetailLayout
      header={
        <PageHeader
          title={t('audit.event')}
          lead={
            <span className="event-summary">
              <AuditSummary event={event} withTenant={everywhere} />
            </span>
          }
          secondary={<CopyButton text={location.href} label={t('audit.copy_link')} />}
        />
      }
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
    </DetailLayout>
  );
}
