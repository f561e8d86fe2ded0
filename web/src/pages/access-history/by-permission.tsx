import type { AccessHolder } from 'bff/contract';
import { PermissionSelect } from '../../features/permissions/permission-select.tsx';
import { useI18n } from '../../i18n/i18n.ts';
import type { ListState } from '../../providers/data/use-list-state.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { UserChip } from '../../ui/chips/user-chip.tsx';
import { EmptyState } from '../../ui/feedback/empty-state.tsx';
import type { Column } from '../../ui/list/column.ts';
import { DataList } from '../../ui/list/data-list.tsx';
import { isOutsideHistory, OutsideHistory } from './history-loaded.tsx';
import { RoleAt } from './role-at.tsx';
import { useHistoryRows } from './use-history.ts';

/** Who held a permission at a date. */
export function ByPermission({ state }: { state: ListState }) {
  const { t } = useI18n();
  const scope = useTenantScope();
  const { permission, at } = state.filters;
  const holders = useHistoryRows<AccessHolder>(
    'holders',
    { permission, asOf: at, cursor: state.cursor },
    permission !== undefined,
  );
  const columns: Column<AccessHolder & { id: string }>[] = [
    {
      title: t('users.user'),
      width: '45%',
      render: ({ user }) =>
        user ? <UserChip user={user} /> : <span className="muted">{t('explain.granted_through_platform')}</span>,
    },
    {
      title: t('explain.granted_through'),
      render: ({ roles }) => (
        <span className="history-paths">
          {roles.map((role) => (
            <RoleAt key={role.id} role={role} via={role.via} validUntil={role.validUntil} isLink={false} />
          ))}
        </span>
      ),
    },
  ];
  return (
    <>
      <div className="history-question">
        <PermissionSelect value={permission} onChange={(code) => state.set({ permission: code })} />
      </div>
      {permission === undefined ? <EmptyState title={t('access_history.choose_permission')} /> : null}
      {isOutsideHistory(holders.error) ? <OutsideHistory error={holders.error} /> : null}
      {permission !== undefined && !isOutsideHistory(holders.error) ? (
        <DataList
          label={t('access_history.tab_permission')}
          columns={columns}
          rows={holders}
          state={{ ...state, isFiltered: false }}
          count="explain.holders_count"
          rowTo={({ membershipId }) =>
            membershipId && scope.can('members:read') ? scope.to(`members/${membershipId}`) : undefined
          }
          empty={{ title: t('access_history.no_user'), text: t('access_history.no_user_text') }}
        />
      ) : null}
    </>
  );
}
