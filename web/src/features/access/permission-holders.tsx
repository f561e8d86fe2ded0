import { Flex } from 'antd';
import type { AccessHolder } from 'bff/contract';
import { t } from '../../i18n/i18n.ts';
import type { ListState } from '../../providers/data/use-list-state.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { UserChip } from '../../ui/chips/user-chip.tsx';
import { EmptyState } from '../../ui/feedback/empty-state.tsx';
import type { Column } from '../../ui/list/column.ts';
import { DataList } from '../../ui/list/data-list.tsx';
import { isOutsideHistory, OutsideHistory } from './outside-history.tsx';
import { RoleAt } from './role-at.tsx';
import { useHolders } from './use-access.ts';

type Holder = AccessHolder & { id: string };

/** Who has a permission, or had it at a date: members by name, then the platform roles that grant it. */
export function PermissionHolders({ state }: { state: ListState }) {
  const scope = useTenantScope();
  const { permission, resource, at } = state.filters;
  const query = { permission, resource, cursor: state.cursor, ...(at ? { asOf: at } : { conditional: true }) };
  const holders = useHolders<AccessHolder>('holders', query, permission !== undefined);
  if (!permission) return <EmptyState title={t('explain.choose_permission_holders')} />;
  if (isOutsideHistory(holders.error)) return <OutsideHistory error={holders.error} />;
  const columns: Column<Holder>[] = [
    {
      title: t('users.user'),
      width: '45%',
      render: ({ user }) =>
        user ? <UserChip user={user} /> : <span className="muted">{t('explain.granted_through_platform')}</span>,
    },
    {
      title: t('explain.granted_through'),
      render: ({ roles, isConditional }) => (
        <Flex vertical gap={4}>
          {roles.map((role) => (
            <RoleAt
              key={role.id}
              role={role}
              via={role.via}
              validUntil={role.validUntil}
              conditions={isConditional ? role.conditions : null}
              isLink={false}
            />
          ))}
        </Flex>
      ),
    },
  ];
  return (
    <DataList
      label={t('explain.who_has_permission')}
      columns={columns}
      rows={holders}
      state={{ ...state, isFiltered: false }}
      count="explain.holders_count"
      rowTo={({ membershipId }) =>
        membershipId && scope.can('members:read') ? scope.to(`members/${membershipId}`) : undefined
      }
      empty={
        at
          ? { title: t('access_history.no_user'), text: t('access_history.no_user_text') }
          : { title: t('explain.no_user'), text: t('explain.no_user_text') }
      }
    />
  );
}
