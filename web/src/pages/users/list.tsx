import './users.css';
import type { Row } from 'bff/contract';
import { wholeNumber } from '../../i18n/format.ts';
import { useI18n } from '../../i18n/i18n.ts';
import { useSessionInfo } from '../../providers/auth/session-info.ts';
import { useListState } from '../../providers/data/use-list-state.ts';
import { useRows } from '../../providers/data/use-rows.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { UserChip } from '../../ui/chips/user-chip.tsx';
import { When } from '../../ui/chips/when.tsx';
import type { Column } from '../../ui/list/column.ts';
import { DataList } from '../../ui/list/data-list.tsx';
import { SearchBox } from '../../ui/list/filters.tsx';
import { PageHeader } from '../../ui/page/page-header.tsx';
import { UserStatus, UserStatusFilter } from './user-status.tsx';

export default function UserList() {
  const { t } = useI18n();
  const scope = useTenantScope();
  const state = useListState({ filters: ['banned', 'deleted'], sort: 'name' });
  const users = useRows<'users'>('users', { state });

  // A JWT issuer does not report sign-ins.
  const knowsSignIns = useSessionInfo()?.identityProvider !== 'jwt';
  const lastSignIn: Column<Row<'users'>> = {
    title: t('users.last_sign_in'),
    render: ({ lastSignInAt }) =>
      lastSignInAt ? (
        <When at={lastSignInAt} />
      ) : (
        <span className="muted">
          <span className="users-wide">{t('users.never')}</span>
          <span className="users-unit">{t('users.never_signed_in')}</span>
        </span>
      ),
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
    {
      title: t('status.label'),
      width: '120px',
      render: (user) => <UserStatus user={user} />,
    },
    {
      title: t('users.tenants'),
      width: '110px',
      render: ({ tenantCount }) => (
        <>
          {wholeNumber(tenantCount)}
          <span className="users-unit"> {t('users.tenants_n', { count: tenantCount })}</span>
        </>
      ),
    },
    ...(knowsSignIns ? [lastSignIn] : []),
    {
      title: t('users.since'),
      sort: 'createdAt',
      width: '130px',
      align: 'end',
      narrow: 'hide',
      render: ({ createdAt }) => <When at={createdAt} />,
    },
  ];
  return (
    <>
      <PageHeader title={t('users.title')} lead={t('users.lead')} />
      <DataList
        label={t('users.title')}
        columns={columns}
        rows={users}
        state={state}
        count="users.count"
        rowTo={({ id }) => scope.to(`users/${encodeURIComponent(id)}`)}
        empty={{ title: t('users.empty'), text: t('users.empty_text') }}
        filters={
          <>
            <SearchBox state={state} label={t('users.search')} />
            <UserStatusFilter state={state} />
          </>
        }
      />
    </>
  );
}
