import './audit.css';
import { useShow } from '@refinedev/core';
import type { AuditLog } from 'bff/contract';
import { shortTime } from '../../i18n/format.ts';
import { useI18n } from '../../i18n/i18n.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { EventReason } from '../../ui/audit/event-reason.tsx';
import { FieldDiff } from '../../ui/audit/field-diff.tsx';
import { AuditSummary } from '../../ui/audit/summary.tsx';
import { CopyButton } from '../../ui/form/copy-button.tsx';
import { Loaded, RecordPage } from '../../ui/page/record-page.tsx';
import { Section } from '../../ui/page/section.tsx';
import { EventDetails } from './event-details.tsx';

export default function AuditEventPage() {
  return <Loaded found={useShow<AuditLog>()}>{(event) => <EventDetail event={event} />}</Loaded>;
}

function EventDetail({ event }: { event: AuditLog }) {
  const { t } = useI18n();
  const scope = useTenantScope();
  const changed = event.before !== null || event.after !== null;
  return (
    <RecordPage
      title={t('audit.event')}
      crumb={shortTime(event.createdAt)}
      lead={
        <span className="event-summary">
          <AuditSummary event={event} withTenant={scope.kind === 'platform'} />
        </span>
      }
      secondary={<CopyButton text={location.href} label={t('audit.copy_link')} />}
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
    </RecordPage>
  );
}
