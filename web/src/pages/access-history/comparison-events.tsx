import type { AccessComparison } from 'bff/contract';
import { Link } from 'react-router';
import { useI18n } from '../../i18n/i18n.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { TimelineRow } from '../../ui/audit/timeline.tsx';
import { PermissionTag } from '../../ui/chips/permission-tag.tsx';
import { When } from '../../ui/chips/when.tsx';
import { Section } from '../../ui/page/section.tsx';

/** The events in between: those of this tenant and external ones. */
export function ComparisonEvents({ comparison }: { comparison: AccessComparison }) {
  const { t, rich } = useI18n();
  const scope = useTenantScope();
  const { events, eventCount, externalChanges } = comparison;
  const shown = events?.length ?? 0;
  const note = eventCount > shown ? t('access_history.newest_events', { n: shown, all: eventCount }) : undefined;
  const span = new URLSearchParams({ 'createdAt[gte]': comparison.from, 'createdAt[lte]': comparison.to });
  return (
    <>
      {events && events.length > 0 ? (
        <Section
          title={t('access_history.events')}
          note={note}
          actions={note ? <Link to={scope.to(`audit?${span}`)}>{t('access_history.audit_log')}</Link> : null}
        >
          <ol className="timeline">
            {events.map((event) => (
              <TimelineRow key={event.id} event={event} />
            ))}
          </ol>
        </Section>
      ) : null}
      {externalChanges.length > 0 ? (
        <Section
          title={t('access_history.external_changes')}
          note={t('access_history.external_changes_note', { tenant: scope.name })}
        >
          <ol className="timeline">
            {externalChanges.map(({ at, type, id }) => (
              <li key={`${at} ${id}`}>
                <span className="audit-summary">
                  {rich(`access_history.change_${type}`, {
                    what: type.startsWith('permission') ? <PermissionTag code={id} /> : '',
                    user: scope.can('members:read') ? (
                      <Link className="audit-entity" to={scope.to(`members/user:${encodeURIComponent(id)}`)}>
                        {t('access_history.member')}
                      </Link>
                    ) : (
                      t('access_history.member')
                    ),
                  })}
                </span>
                <span className="timeline-when">
                  <When at={at} />
                </span>
              </li>
            ))}
          </ol>
        </Section>
      ) : null}
      {events === null ? <p className="muted">{t('access_history.events_hidden')}</p> : null}
    </>
  );
}
