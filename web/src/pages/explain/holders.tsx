import { useI18n } from '../../i18n/i18n.ts';
import type { ListState } from '../../providers/data/use-list-state.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { ConditionText } from '../../ui/chips/condition-text.tsx';
import { RoleChips } from '../../ui/chips/role-chip.tsx';
import { UserChip } from '../../ui/chips/user-chip.tsx';
import { EmptyState } from '../../ui/feedback/empty-state.tsx';
import type { Column } from '../../ui/list/column.ts';
import { DataList } from '../../ui/list/data-list.tsx';
import type { HolderRow } from './use-access.ts';
import { useHolders } from './use-access.ts';

/** Who has a permission here: members by name, then staff who have it through the platform. */
export function Holders({ permission, state }: { permission: string | undefined; state: ListState }) {
  const { t } = useI18n();
  const scope = useTenantScope();
  const holders = useHolders(permission, state.filters.resource, state.cursor);
  if (!permission) return <EmptyState title={t('explain.choose_permission_holders')} />;
  const columns: Column<HolderRow>[] = [
    {
      title: t('users.user'),
      width: '45%',
      render: ({ user }) =>
        user ? <UserChip user={user} /> : <span className="muted">{t('explain.granted_through_platform')}</span>,
    },
    {
      title: t('explain.granted_through'),
      render: ({ roles, isConditional }) => {
        const terms = isConditional ? roles.find(({ conditions }) => conditions)?.conditions : undefined;
        return (
          <>
            <RoleChips roles={roles} most={4} />
            {terms ? <ConditionText terms={terms} /> : null}
          </>
        );
      },
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
      empty={{ title: t('explain.no_user'), text: t('explain.no_user_text') }}
    />
  );
}
