import type { Row } from 'bff/contract';
import { InviteButton } from '../../features/invite/invite-button.tsx';
import { useI18n } from '../../i18n/i18n.ts';
import { useListState } from '../../providers/data/use-list-state.ts';
import { useRows } from '../../providers/data/use-rows.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { RoleChips } from '../../ui/chips/role-chip.tsx';
import { StatusDot } from '../../ui/chips/status-dot.tsx';
import { invitationStatus } from '../../ui/chips/status-labels.ts';
import { UserChip } from '../../ui/chips/user-chip.tsx';
import { When } from '../../ui/chips/when.tsx';
import type { Column } from '../../ui/list/column.ts';
import { DataList } from '../../ui/list/data-list.tsx';
import { FilterSelect, SearchBox } from '../../ui/list/filters.tsx';
import { PageHeader } from '../../ui/page/page-header.tsx';
import { InvitationEnd } from './invitation-end.tsx';

export default function InvitationList() {
  const { t } = useI18n();
  const scope = useTenantScope();
  const state = useListState({ filters: ['status'], sort: '-createdAt' });
  const invitations = useRows<'invitations'>(scope.resource('invitations'), { state });

  const columns: Column<Row<'invitations'>>[] = [
    {
      title: t('entry.email'),
      sort: 'email',
      width: '26%',
      render: ({ email }) => email,
    },
    { title: t('invitations.roles'), render: ({ roles }) => <RoleChips roles={roles} /> },
    {
      title: t('status.label'),
      width: '270px',
      render: (invitation) => (
        <>
          <StatusDot tone={invitationStatus[invitation.status].tone}>
            {t(invitationStatus[invitation.status].label)}
          </StatusDot>{' '}
          <span className="muted">
            <InvitationEnd invitation={invitation} />
          </span>
        </>
      ),
    },
    {
      title: t('invitations.invited_by'),
      width: '170px',
      narrow: 'hide',
      render: ({ invitedBy }) =>
        invitedBy ? <UserChip user={invitedBy} size="small" nameOnly /> : t('audit.by_provider'),
    },
    {
      title: t('invitations.invited'),
      sort: 'createdAt',
      width: '110px',
      align: 'end',
      narrow: 'hide',
      render: ({ createdAt }) => <When at={createdAt} />,
    },
  ];
  const statuses = (['pending', 'accepted', 'expired', 'revoked'] as const).map((value) => ({
    value,
    label: t(invitationStatus[value].label),
  }));
  return (
    <>
      <PageHeader
        title={t('invitations.title')}
        lead={t('invitations.lead', { tenant: scope.name })}
        primary={<InviteButton />}
      />
      <DataList
        label={t('invitations.title')}
        columns={columns}
        rows={invitations}
        state={state}
        count="invitations.count"
        rowTo={({ id }) => scope.to(`invitations/${id}`)}
        empty={{ title: t('invitations.empty'), text: t('invitations.empty_text') }}
        filters={
          <>
            <SearchBox state={state} label={t('entry.email')} />
            <FilterSelect state={state} name="status" label={t('status.label')} options={statuses} />
          </>
        }
      />
    </>
  );
}
