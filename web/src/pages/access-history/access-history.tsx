import './access-history.css';
import { Link } from 'react-router';
import { useI18n } from '../../i18n/i18n.ts';
import { useListState } from '../../providers/data/use-list-state.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { PageHeader } from '../../ui/page/page-header.tsx';
import { ByPermission } from './by-permission.tsx';
import { ByRole } from './by-role.tsx';
import { ByUser } from './by-user.tsx';
import { Comparison } from './comparison.tsx';
import { DateField } from './date-field.tsx';
import { EventAnchor } from './event-anchor.tsx';

const FILTERS = ['view', 'at', 'userId', 'permission', 'roleId', 'from', 'to', 'event'];
const VIEWS = ['user', 'permission', 'role', 'compare'] as const;
type View = (typeof VIEWS)[number];

/** Past access: by user, by permission, by role, and between two dates. */
export default function AccessHistoryPage() {
  const { t } = useI18n();
  const scope = useTenantScope();
  const state = useListState({ filters: FILTERS });
  const view: View = VIEWS.find((one) => one === state.filters.view) ?? 'user';
  const tab = (one: View) => {
    const { view: _view, ...remaining } = state.filters;
    const query = new URLSearchParams(one === 'user' ? remaining : { ...remaining, view: one });
    return (
      <Link key={one} to={scope.to(`access-history?${query}`)} aria-current={view === one ? 'page' : undefined}>
        {t(`access_history.tab_${one}`)}
      </Link>
    );
  };
  return (
    <>
      <PageHeader title={t('access_history.title')} lead={t('access_history.lead', { tenant: scope.name })} />
      <nav className="history-tabs" aria-label={t('access_history.title')}>
        {VIEWS.map(tab)}
      </nav>
      {state.filters.event ? <EventAnchor auditLogId={state.filters.event} state={state} /> : null}
      {view === 'compare' ? (
        <Comparison state={state} />
      ) : (
        <>
          <DateField label={t('access_history.date')} value={state.filters.at} onChange={(at) => state.set({ at })} />
          {view === 'user' ? <ByUser state={state} /> : null}
          {view === 'permission' ? <ByPermission state={state} /> : null}
          {view === 'role' ? <ByRole state={state} /> : null}
        </>
      )}
    </>
  );
}
