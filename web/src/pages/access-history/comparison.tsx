import { Alert, Flex } from 'antd';
import type { AccessComparison } from 'bff/contract';
import { Link } from 'react-router';
import { addDays } from '../../core/days.ts';
import { AccessLoaded } from '../../features/access/outside-history.tsx';
import { loadedRows, useAccess } from '../../features/access/use-access.ts';
import { formatList, formatTotal, shortTime } from '../../i18n/format.ts';
import { t, wholeNumber } from '../../i18n/i18n.ts';
import { rich } from '../../i18n/rich.ts';
import type { ListState } from '../../providers/data/use-list-state.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { TimelineRow } from '../../ui/audit/timeline.tsx';
import { PermissionTag } from '../../ui/chips/permission-tag.tsx';
import { UserChip } from '../../ui/chips/user-chip.tsx';
import { When } from '../../ui/chips/when.tsx';
import { EmptyState } from '../../ui/feedback/empty-state.tsx';
import type { Column } from '../../ui/list/column.ts';
import { DataList } from '../../ui/list/data-list.tsx';
import { Section } from '../../ui/page/section.tsx';

const MAX_CODES = 6;

/** Who gained and who lost what between two dates. */
export function Comparison({ state }: { state: ListState }) {
  const { userId, permission, from, to } = state.filters;
  const query = { from, to, userId, permission, cursor: state.cursor, limit: 25 };
  const found = useAccess<AccessComparison>('compare', query, from !== undefined && to !== undefined);
  const lastWeek = () => state.set({ from: addDays(new Date(), -7).toISOString(), to: new Date().toISOString() });
  if (from && to) {
    return (
      <AccessLoaded found={found} list={state}>
        {(comparison) => <Differences comparison={comparison} state={state} />}
      </AccessLoaded>
    );
  }
  return (
    <EmptyState
      title={t('access_history.choose_dates')}
      text={t('access_history.choose_dates_text')}
      action={
        <button type="button" className="text-button" onClick={lastWeek}>
          {t('access_history.compare_last_week')}
        </button>
      }
    />
  );
}

type Change = AccessComparison['data'][number] & { id: string };

function Differences({ comparison, state }: { comparison: AccessComparison; state: ListState }) {
  const scope = useTenantScope();
  const { data, page, gains, loses, from, to } = comparison;
  const n = formatTotal(page);
  const columns: Column<Change>[] = [
    { title: t('users.user'), width: '30%', render: ({ user }) => <UserChip user={user} /> },
    {
      title: t('access_history.gained'),
      render: (change) => <Codes counts={change.gains.map(uncounted)} tone="gained" />,
    },
    { title: t('access_history.lost'), render: (change) => <Codes counts={change.loses.map(uncounted)} tone="lost" /> },
  ];
  return (
    <>
      <Alert
        className="access-verdict"
        role="status"
        type={page.total > 0 ? 'warning' : 'info'}
        message={t(page.total > 0 ? 'access_history.changed_users' : 'access_history.unchanged', {
          count: page.total,
          n,
        })}
        description={t('access_history.between', { from: shortTime(from), to: shortTime(to) })}
      />
      <Codes counts={gains} label={t('access_history.gained')} tone="gained" />
      <Codes counts={loses} label={t('access_history.lost')} tone="lost" />
      {page.total > 0 ? (
        <DataList
          label={t('access_history.affected_users')}
          columns={columns}
          rows={loadedRows(
            data.map((change) => ({ ...change, id: change.membershipId })),
            page,
          )}
          state={{ ...state, isFiltered: false }}
          count="access_history.user_count"
          rowTo={({ id }) => (scope.can('members:read') ? scope.to(`members/${id}`) : undefined)}
          empty={{ title: t('access_history.unchanged') }}
        />
      ) : null}
      <ComparisonEvents comparison={comparison} />
    </>
  );
}

type CodesProps = { counts: { code: string; count?: number }[]; tone: 'gained' | 'lost'; label?: string };

const uncounted = (code: string) => ({ code });

/** Permissions that were gained or lost, with the number of users. */
function Codes({ counts, tone, label }: CodesProps) {
  const rest = counts.slice(MAX_CODES);
  if (counts.length === 0) return null;
  return (
    <Flex className={`history-${tone}`} wrap align="center" gap="4px 8px">
      {label ? <strong>{label}</strong> : null}
      {counts.slice(0, MAX_CODES).map(({ code, count }) => (
        <span key={code}>
          <PermissionTag code={code} /> {count ? `× ${wholeNumber(count)}` : null}
        </span>
      ))}
      {rest.length > 0 ? (
        <span className="muted" title={formatList(rest.map(({ code }) => code))}>
          {t('access_history.more', { count: rest.length })}
        </span>
      ) : null}
    </Flex>
  );
}

/** The events in between: those of this tenant and external ones. */
function ComparisonEvents({ comparison }: { comparison: AccessComparison }) {
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
