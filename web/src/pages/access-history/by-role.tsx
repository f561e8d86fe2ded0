import { Select } from 'antd';
import type { RoleHolder } from 'bff/contract';
import { isOutsideHistory, OutsideHistory } from '../../features/access/outside-history.tsx';
import { useHolders } from '../../features/access/use-access.ts';
import { shortTime } from '../../i18n/format.ts';
import { t } from '../../i18n/i18n.ts';
import { roleName } from '../../i18n/role-name.ts';
import { useAllRows } from '../../providers/data/use-all-rows.ts';
import type { ListState } from '../../providers/data/use-list-state.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { UserChip } from '../../ui/chips/user-chip.tsx';
import { EmptyState } from '../../ui/feedback/empty-state.tsx';
import type { Column } from '../../ui/list/column.ts';
import { DataList } from '../../ui/list/data-list.tsx';

export function RoleSelect({ state }: { state: ListState }) {
  const scope = useTenantScope();
  const { rows = [] } = useAllRows<'roles'>(scope.resource('roles'), { sort: 'name' }, scope.can('roles:read'));
  return (
    <Select<string | null>
      showSearch
      optionFilterProp="label"
      aria-label={t('access_history.role')}
      placeholder={t('access_history.role')}
      value={state.filters.roleId ?? null}
      onChange={(next) => state.set({ roleId: next ?? undefined })}
      options={rows.map((role) => ({ value: role.id, label: roleName(role) }))}
    />
  );
}

/** Who held a role at a date. */
export function RoleHolders({ state }: { state: ListState }) {
  const scope = useTenantScope();
  const { roleId, at } = state.filters;
  const query = { roleId, asOf: at, cursor: state.cursor };
  const holders = useHolders<RoleHolder>('role-holders', query, roleId !== undefined);
  if (!roleId) return <EmptyState title={t('access_history.choose_role')} />;
  if (isOutsideHistory(holders.error)) return <OutsideHistory error={holders.error} />;
  const columns: Column<RoleHolder & { id: string }>[] = [
    { title: t('users.user'), width: '40%', render: ({ user }) => <UserChip user={user} /> },
    { title: t('access_history.since'), render: ({ validFrom }) => shortTime(validFrom) },
    {
      title: t('access_history.until'),
      narrow: 'hide',
      render: ({ validUntil }) =>
        validUntil ? shortTime(validUntil) : <span className="muted">{t('access_history.no_end')}</span>,
    },
    {
      title: t('access_history.assigned_by'),
      narrow: 'hide',
      render: ({ grantedBy }) => grantedBy?.name ?? <span className="muted">{t('access_history.automatic')}</span>,
    },
  ];
  return (
    <DataList
      label={t('access_history.tab_role')}
      columns={columns}
      rows={holders}
      state={{ ...state, isFiltered: false }}
      count="explain.holders_count"
      rowTo={({ membershipId }) => (scope.can('members:read') ? scope.to(`members/${membershipId}`) : undefined)}
      empty={{ title: t('access_history.no_user_with_role'), text: t('access_history.no_user_with_role_text') }}
    />
  );
}
