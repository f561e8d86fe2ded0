import './comparison.css';
import type { AccessComparison } from 'bff/contract';
import { addDays } from '../../core/days.ts';
import { PermissionSelect } from '../../features/permissions/permission-select.tsx';
import { shortTime, wholeNumber } from '../../i18n/format.ts';
import { useI18n } from '../../i18n/i18n.ts';
import { useLastPage } from '../../providers/data/use-last-page.ts';
import type { ListState } from '../../providers/data/use-list-state.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { PermissionTag } from '../../ui/chips/permission-tag.tsx';
import { UserChip } from '../../ui/chips/user-chip.tsx';
import { EmptyState } from '../../ui/feedback/empty-state.tsx';
import { UserSelect } from '../../ui/form/user-select.tsx';
import { Pager } from '../../ui/list/pager.tsx';
import { Section } from '../../ui/page/section.tsx';
import { ComparisonEvents } from './comparison-events.tsx';
import { DateField } from './date-field.tsx';
import { HistoryLoaded } from './history-loaded.tsx';
import { useHistory } from './use-history.ts';

const MAX_CODES = 6;

/** Who gained and who lost what between two dates. */
export function Comparison({ state }: { state: ListState }) {
  const { t } = useI18n();
  const { userId, permission, from, to } = state.filters;
  const found = useHistory<AccessComparison>(
    'compare',
    { from, to: to ?? from, userId, permission, cursor: state.cursor, limit: 25 },
    from !== undefined && to !== undefined,
  );
  const lastWeek = () => state.set({ from: addDays(new Date(), -7).toISOString(), to: new Date().toISOString() });
  const now = () => new Date().toISOString();
  return (
    <>
      <div>
        <DateField
          label={t('access_history.from')}
          value={from}
          onChange={(next) => state.set({ from: next ?? now() })}
        />
        <DateField label={t('access_history.to')} value={to} onChange={(next) => state.set({ to: next ?? now() })} />
      </div>
      <div className="history-question">
        <UserSelect
          label={t('explain.user')}
          placeholder={t('access_history.all_users')}
          allowClear
          value={userId}
          onChange={(next) => state.set({ userId: next })}
        />
        <PermissionSelect value={permission} onChange={(code) => state.set({ permission: code })} />
        {permission ? (
          <button type="button" className="text-button" onClick={() => state.set({ permission: undefined })}>
            {t('access_history.all_permissions')}
          </button>
        ) : null}
      </div>
      {from && to ? (
        <HistoryLoaded found={found} list={state}>
          {(comparison) => <Differences comparison={comparison} state={state} />}
        </HistoryLoaded>
      ) : (
        <EmptyState
          title={t('access_history.choose_dates')}
          text={t('access_history.choose_dates_text')}
          action={
            <button type="button" className="text-button" onClick={lastWeek}>
              {t('access_history.compare_last_week')}
            </button>
          }
        />
      )}
    </>
  );
}

function Differences({ comparison, state }: { comparison: AccessComparison; state: ListState }) {
  const { t } = useI18n();
  const { data, page, gains, loses, from, to } = comparison;
  const n = wholeNumber(page.total);
  useLastPage(data, page, state);
  return (
    <>
      <div className={page.total > 0 ? 'history-answer history-changed' : 'history-answer history-same'} role="status">
        <p>
          {t(page.total > 0 ? 'access_history.changed_users' : 'access_history.unchanged', { count: page.total, n })}
        </p>
        <p className="muted">{t('access_history.between', { from: shortTime(from), to: shortTime(to) })}</p>
      </div>
      {page.total > 0 ? (
        <Section title={t('access_history.affected_users')}>
          <Sums gains={gains} loses={loses} />
          <ul>
            {data.map((change) => (
              <AccessChange key={change.membershipId} change={change} />
            ))}
          </ul>
          <Pager page={page} state={state} count="access_history.user_count" />
        </Section>
      ) : null}
      <ComparisonEvents comparison={comparison} />
    </>
  );
}

function Sums({ gains, loses }: Pick<AccessComparison, 'gains' | 'loses'>) {
  const { t } = useI18n();
  const sum = (counts: AccessComparison['gains'], label: string, tone: string) =>
    counts.length > 0 ? (
      <p className={`sum ${tone}`}>
        <strong>{label}</strong>
        {counts.slice(0, MAX_CODES).map(({ code, count }) => (
          <span key={code} className="sum-part">
            <PermissionTag code={code} /> <span className="numeric">× {wholeNumber(count)}</span>
          </span>
        ))}
        {counts.length > MAX_CODES ? (
          <span className="muted">{t('access_history.more', { n: counts.length - MAX_CODES })}</span>
        ) : null}
      </p>
    ) : null;
  return (
    <div className="sums">
      {sum(gains, t('access_history.gained'), 'gained')}
      {sum(loses, t('access_history.lost'), 'lost')}
    </div>
  );
}

function AccessChange({ change }: { change: AccessComparison['data'][number] }) {
  const { t } = useI18n();
  const scope = useTenantScope();
  const codes = (list: string[], label: string, tone: string) =>
    list.length > 0 ? (
      <span className={`access-change-codes ${tone}`}>
        <strong>{label}</strong>
        {list.slice(0, MAX_CODES).map((code) => (
          <PermissionTag key={code} code={code} />
        ))}
        {list.length > MAX_CODES ? (
          <span className="muted" title={list.slice(MAX_CODES).join(', ')}>
            {t('access_history.more', { n: list.length - MAX_CODES })}
          </span>
        ) : null}
      </span>
    ) : null;
  return (
    <li className="access-change">
      <UserChip
        user={change.user}
        to={scope.can('members:read') ? scope.to(`members/${change.membershipId}`) : undefined}
      />
      <span className="access-change-text">
        {codes(change.gains, t('access_history.gained'), 'gained')}
        {codes(change.loses, t('access_history.lost'), 'lost')}
      </span>
    </li>
  );
}
