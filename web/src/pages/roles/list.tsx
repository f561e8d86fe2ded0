import type { Row } from 'bff/contract';
import { Link } from 'react-router';
import { t } from '../../i18n/i18n.ts';
import { useListPage } from '../../providers/data/use-list-page.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { RoleChip } from '../../ui/chips/role-chip.tsx';
import type { Column } from '../../ui/list/column.ts';
import { countColumn } from '../../ui/list/columns.tsx';
import { FilterSelect, SearchBox } from '../../ui/list/filters.tsx';
import { ListPage } from '../../ui/list/list-page.tsx';
import { CreateRole } from './role-actions.tsx';
import { RoleName } from './role-name.tsx';

const KINDS = { true: { label: 'roles.system' }, false: { label: 'roles.custom' } } as const;

export default function RoleList() {
  const scope = useTenantScope();
  const list = useListPage<'roles'>();
  const columns: Column<Row<'roles'>>[] = [
    { title: t('roles.role'), sort: 'name', width: '34%', render: (role) => <RoleName role={role} /> },
    countColumn('memberCount', t('roles.members'), 'members.count'),
    countColumn('permissionCount', t('roles.permissions'), 'permissions.count'),
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
    <ListPage
      title={t('roles.title')}
      lead={scope.kind === 'platform' ? t('roles.lead_platform') : t('roles.lead', { tenant: scope.name })}
      secondary={
        <Link className="text-button" to={scope.to('roles/matrix')}>
          {t('roles.matrix')}
        </Link>
      }
      primary={<CreateRole />}
      columns={columns}
      {...list}
      count="roles.count"
      rowTo={({ id }) => scope.to(`roles/${id}`)}
      empty={{ title: t('roles.empty'), text: t('roles.empty_text') }}
      filters={
        <>
          <SearchBox state={list.state} label={t('roles.search')} />
          <FilterSelect state={list.state} name="isSystem" label={t('roles.kind')} options={KINDS} />
        </>
      }
    />
  );
}
