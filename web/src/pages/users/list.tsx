import type { Row } from 'bff/contract';
import { t } from '../../i18n/i18n.ts';
import { useSessionInfo } from '../../providers/auth/session-info.ts';
import { useListPage } from '../../providers/data/use-list-page.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { UserChip } from '../../ui/chips/user-chip.tsx';
import { When } from '../../ui/chips/when.tsx';
import type { Column } from '../../ui/list/column.ts';
import { countColumn, timeColumn } from '../../ui/list/columns.tsx';
import { SearchBox } from '../../ui/list/filters.tsx';
import { ListPage } from '../../ui/list/list-page.tsx';
import { UserStatus, UserStatusFilter } from './user-status.tsx';

export default function UserList() {
  const scope = useTenantScope();
  const list = useListPage<'users'>();
  // A JWT issuer does not report sign-ins.
  const knowsSignIns = useSessionInfo()?.identityProvider !== 'jwt';
  const lastSignIn: Column<Row<'users'>> = {
    title: t('users.last_sign_in'),
    narrow: 'named',
    render: ({ lastSignInAt }) =>
      lastSignInAt ? <When at={lastSignInAt} /> : <span className="muted">{t('users.never')}</span>,
  };
  const columns: Column<Row<'users'>>[] = [
    {
      title: t('users.user'),
      sort: 'name',
      width: '38%',
      render: (user) => (
        <UserChip user={user.deletedAt ? { id: user.id, name: t('users.deleted_name'), email: user.id } : user} />
      ),
    },
    { title: t('status.label'), width: '120px', render: (user) => <UserStatus user={user} /> },
    countColumn('tenantCount', t('users.tenants'), 'tenants.count'),
    ...(knowsSignIns ? [lastSignIn] : []),
    { ...timeColumn('createdAt', t('users.since')), narrow: 'hide' },
  ];
  return (
    <ListPage
      title={t('users.title')}
      lead={t('users.lead')}
      columns={columns}
      {...list}
      count="users.count"
      rowTo={({ id }) => scope.to(`users/${encodeURIComponent(id)}`)}
      empty={{ title: t('users.empty'), text: t('users.empty_text') }}
      filters={
        <>
          <SearchBox state={list.state} label={t('users.search')} />
          <UserStatusFilter state={list.state} />
        </>
      }
    />
  );
}
