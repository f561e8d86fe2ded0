import type { WebhookEventDetail } from 'bff/contract';
import { Link } from 'react-router';
import { formatList } from '../../../i18n/format.ts';
import { hasMessage, t, useI18n } from '../../../i18n/i18n.ts';
import { useRows } from '../../../providers/data/use-rows.ts';
import { useTenantScope } from '../../../providers/tenant/tenant-scope.tsx';
import { AuditSummary } from '../../../ui/audit/summary.tsx';
import { TenantName } from '../../../ui/chips/tenant-mark.tsx';
import { When } from '../../../ui/chips/when.tsx';
import { Section } from '../../../ui/page/section.tsx';

const fieldLabel = (field: string) => {
  const key = `field.${field}`;
  return hasMessage(key) ? t(key) : field;
};

/** The audit events of a webhook event: summaries with audit:read-all, else the actions. */
export function EventChanges({ event }: { event: WebhookEventDetail }) {
  useI18n();
  const scope = useTenantScope();
  const { changes, requestId, status } = event;
  const enabled = scope.can('audit:read-all') && changes.length > 0 && requestId !== null;
  const fixed = { requestId: requestId ?? '', actorId: event.id };
  const { rows } = useRows<'audit-logs'>('audit-logs', { fixed, limit: 100, enabled });
  const isOver = status === 'applied' || status === 'ignored';
  return (
    <Section title={t('sync.event_changes')}>
      {changes.length === 0 ? (
        <p className="muted empty-muted">{t(isOver ? 'sync.event_no_changes' : 'sync.event_no_changes_yet')}</p>
      ) : null}
      <ol className="timeline">
        {changes.map(({ auditLogId, action, fields, createdAt, tenant }) => {
          const row = rows?.find(({ id }) => id === auditLogId);
          return (
            <li key={auditLogId}>
              <span>
                {row ? (
                  <AuditSummary event={row} withTenant />
                ) : (
                  <>
                    <code className="mono">{action}</code> <TenantName id={tenant.id} name={tenant.name} />
                  </>
                )}
                {fields.length > 0 ? (
                  <span className="sync-second">
                    {t('sync.event_fields', { fields: formatList([...new Set(fields.map(fieldLabel))]) })}
                  </span>
                ) : null}
              </span>
              {enabled ? (
                <Link className="timeline-when" to={scope.to(`audit/${auditLogId}`)}>
                  <When at={createdAt} />
                </Link>
              ) : (
                <span className="timeline-when">
                  <When at={createdAt} />
                </span>
              )}
            </li>
          );
        })}
      </ol>
    </Section>
  );
}
