import './audit-pages.css';
import type { AuditLog } from 'bff/contract';
import { useParams } from 'react-router';
import { shortTime } from '../../i18n/format.ts';
import { useI18n } from '../../i18n/i18n.ts';
import { useCrumb } from '../../layout/breadcrumb.tsx';
import { useRecord } from '../../providers/use-rows.ts';
import { AuditSentence } from '../../ui/audit-sentence.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { DetailLayout, Loaded } from '../../ui/detail-layout.tsx';
import { FieldDiff } from '../../ui/field-diff.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Section } from '../../ui/section.tsx';
import { useAuditResource } from './audit-resource.ts';
import { EventFacts } from './event-facts.tsx';
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
            <span className="event-sentence">
              <AuditSentence event={event} withTenant={everywhere} />
            </span>
          }
          secondary={<CopyButton text={location.href} label={t('audit.copy_link')} />}
        />
      }
      facts={<EventFacts event={event} />}
    >
      <Section title={t('audit.difference')} note={<EventReason event={event} />}>
        {changed ? (
          <FieldDiff before={event.before} after={event.after} />
        ) : (
          <p className="empty-quiet quiet">
            {t(event.outcome === 'denied' ? 'audit.nothing_changed_denied' : 'audit.nothing_changed')}
          </p>
        )}
      </Section>
      <details className="event-raw">
        <summary>{t('audit.raw')}</summary>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: long lines scroll sideways, which the keyboard must be able to do. */}
        <pre tabIndex={0} className="mono">
          {JSON.stringify(event, null, 2)}
        </pre>
      </details>
    </DetailLayout>
  );
}
