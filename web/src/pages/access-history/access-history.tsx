import './access-history.css';
import type { ReactNode } from 'react';
import { PermissionHolders } from '../../features/access/permission-holders.tsx';
import { Question } from '../../features/access/question.tsx';
import { PermissionSelect } from '../../features/permissions/permission-select.tsx';
import { t } from '../../i18n/i18n.ts';
import { useListState } from '../../providers/data/use-list-state.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { UserSelect } from '../../ui/form/user-select.tsx';
import { PageHeader } from '../../ui/page/page-header.tsx';
import { Tabs } from '../../ui/page/tabs.tsx';
import { RoleHolders, RoleSelect } from './by-role.tsx';
import { UserAccess } from './by-user.tsx';
import { Comparison } from './comparison.tsx';
import { EventAnchor } from './event-anchor.tsx';
import { PastDate } from './past-date.tsx';

const FILTERS = ['view', 'at', 'userId', 'tenant', 'permission', 'roleId', 'from', 'to', 'event'];
const VIEWS = ['user', 'permission', 'role', 'compare'] as const;
type View = (typeof VIEWS)[number];

/** Past access: by user, by permission, by role, and between two dates. */
export default function AccessHistoryPage() {
  const scope = useTenantScope();
  const state = useListState({ filters: FILTERS });
  const view: View = VIEWS.find((one) => one === state.filters.view) ?? 'user';
  const { view: _view, ...filters } = state.filters;
  const { userId, permission, at, event } = filters;
  const tab = (one: View) => {
    const query = new URLSearchParams(one === 'user' ? filters : { ...filters, view: one });
    return { to: scope.to(`access-history?${query}`), label: t(`access_history.tab_${one}`), isCurrent: view === one };
  };
  const isUserAsked = view === 'user' || view === 'compare';
  const fields: Record<View, ReactNode> = {
    user: null,
    permission: <PermissionSelect value={permission} onChange={(code) => state.set({ permission: code })} />,
    role: <RoleSelect state={state} />,
    compare: <PermissionSelect value={permission} allowClear onChange={(code) => state.set({ permission: code })} />,
  };
  const answers: Record<View, ReactNode> = {
    user: <UserAccess state={state} />,
    permission: <PermissionHolders state={state} />,
    role: <RoleHolders state={state} />,
    compare: <Comparison state={state} />,
  };
  return (
    <>
      <PageHeader
        title={t('access_history.title')}
        lead={
          scope.kind === 'platform'
            ? t('access_history.lead_platform')
            : t('access_history.lead', { tenant: scope.name })
        }
      />
      <Tabs label={t('access_history.title')} tabs={VIEWS.map(tab)} />
      {view === 'compare' ? (
        <>
          <PastDate
            label={t('access_history.from')}
            value={filters.from}
            onChange={(from) => state.set({ from: from ?? now() })}
          />
          <PastDate
            label={t('access_history.to')}
            value={filters.to}
            onChange={(to) => state.set({ to: to ?? now() })}
          />
        </>
      ) : (
        <PastDate label={t('access_history.date')} value={at} onChange={(next) => state.set({ at: next })} />
      )}
      <Question
        state={state}
        userId={isUserAsked ? userId : undefined}
        user={
          isUserAsked ? (
            <UserSelect
              label={t('explain.user')}
              placeholder={t(view === 'compare' ? 'access_history.all_users' : 'explain.user')}
              allowClear={view === 'compare'}
              value={userId}
              onChange={(next) => state.set({ userId: next, tenant: undefined })}
            />
          ) : null
        }
        what={fields[view]}
      >
        {event ? <EventAnchor auditLogId={event} state={state} /> : null}
        {answers[view]}
      </Question>
    </>
  );
}

const now = () => new Date().toISOString();
