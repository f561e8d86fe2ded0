import type { Row } from 'bff/contract';
import { Link } from 'react-router';
import { wholeNumber } from '../../i18n/format.ts';
import { useI18n } from '../../i18n/i18n.ts';
import { useListState } from '../../providers/data/use-list-state.ts';
import { useRows } from '../../providers/data/use-rows.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { RoleChip } from '../../ui/chips/role-chip.tsx';
import type { Column } from '../../ui/list/column.ts';
import { DataList } from '../../ui/list/data-list.tsx';
import { FilterSelect, SearchBox } from '../../ui/list/filters.tsx';
import { PageHeader } from '../../ui/page/page-header.tsx';
import { useNarrow } from '../../ui/page/use-narrow.ts';
import { CreateRole } from './role-actions.tsx';
import { RoleName } from './role-name.tsx';

export default function RoleList() {
  const { t } = useI18n();
  const scope = useTenantScope();
  const state = useListState({ filters: ['isSystem'], sort: 'name' });
  const roles = useRows<'roles'>(scope.resource('roles'), { state, limit: 50 });
  const isNarrow = useNarrow();
  const number = (name: 'members' | 'permissions', count: number) =>
    isNarrow ? t(`roles.${name}_n`, { count, n: wholeNumber(count) }) : wholeNumber(count);

  const columns: Column<Row<'roles'>>[] = [
    { title: t('roles.role'), sort: 'name', width: '34%', render: (role) => <RoleName role={role} /> },
    { title: t('roles.members'), width: '14%', render: (role) => number('members', role.memberCount) },
    {
      title: t('roles.permissions'),
      width: '14%',
      render: (role) => number('permissions', role.permissionCount),
    },
    {
      title: t('roles.inherits'),
      narrow: 'hide',
      render: ({ parent }) => (parent ? <RoleChip role={parent} to={scope.to(`roles/${parent.id}`)} /> : null),
    },
    {
      title: t('roles.kind'),
      width: '90px',
      align: 'end',
      render: ({ isSystem }) => <span className="muted">{t(isSystem ? 'roles.system' : 'roles.custom')}</span>,
    },
  ];
  return (
    <>
      <PageHeader
        title={t('roles.title')}
        lead={scope.kind === 'platform' ? t('roles.lead_platform') : t('roles.lead', { tenant: scope.name })}
        secondary={
          <Link className="text-button" to={scope.to('roles/matrix')}>
            {t('roles.matrix')}
          </Link>
        }
        primary={<CreateRole />}
      />
      <DataList
        label={t('roles.title')}
        columns={columns}
        rows={roles}
        state={state}
        count="roles.count"
        rowTo={({ id }) => scope.to(`roles/${id}`)}
        empty={{ title: t('roles.empty'), text: t('roles.empty_text') }}
        filters={
          <>
            <SearchBox state={state} label={t('roles.search')} />
            <FilterSelect
              state={state}
              name="isSystem"
              label={t('roles.kind')}
              options={[
                { value: 'true', label: t('roles.system') },
                { value: 'false', label: t('roles.custom') },
              ]}
            />
          </>
        }
      />
    </>
  );
}
