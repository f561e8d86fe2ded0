import type { Invitation, Row } from 'bff/contract';
import { InviteButton } from '../../features/invite/invite-button.tsx';
import { t } from '../../i18n/i18n.ts';
import { useListPage } from '../../providers/data/use-list-page.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { Ending } from '../../ui/chips/ending.tsx';
import { RoleChips } from '../../ui/chips/role-chip.tsx';
import { Status } from '../../ui/chips/status-dot.tsx';
import { invitationStatus } from '../../ui/chips/status-labels.ts';
import { UserChip } from '../../ui/chips/user-chip.tsx';
import { When } from '../../ui/chips/when.tsx';
import type { Column } from '../../ui/list/column.ts';
import { timeColumn } from '../../ui/list/columns.tsx';
import { FilterSelect, SearchBox } from '../../ui/list/filters.tsx';
import { ListPage } from '../../ui/list/list-page.tsx';

export default function InvitationList() {
  const scope = useTenantScope();
  const list = useListPage<'invitations'>();
  const columns: Column<Row<'invitations'>>[] = [
    { title: t('entry.email'), sort: 'email', width: '26%', render: ({ email }) => email },
    { title: t('invitations.roles'), render: ({ roles }) => <RoleChips roles={roles} /> },
    {
      title: t('status.label'),
      width: '200px',
      render: (invitation) => (
        <>
          <Status {...invitationStatus[invitation.status]} />
          <span className="second">
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
    { ...timeColumn('createdAt', t('invitations.invited')), narrow: 'hide' },
  ];
  return (
    <ListPage
      title={t('invitations.title')}
      lead={t('invitations.lead', { tenant: scope.name })}
      primary={<InviteButton />}
      columns={columns}
      {...list}
      count="invitations.count"
      rowTo={({ id }) => scope.to(`invitations/${id}`)}
      empty={{ title: t('invitations.empty'), text: t('invitations.empty_text') }}
      filters={
        <>
          <SearchBox state={list.state} label={t('entry.email')} />
          <FilterSelect state={list.state} name="status" label={t('status.label')} options={invitationStatus} />
        </>
      }
    />
  );
}

/** How an invitation ended, or when it expires. */
function InvitationEnd({ invitation }: { invitation: Invitation }) {
  const { status, expiresAt, acceptedAt, revokedAt, deliveryStatus } = invitation;
  if (status === 'pending' && deliveryStatus === 'failed') return t('invitations.undelivered');
  if (status === 'pending') return <Ending at={expiresAt} label="invitations.expires_when" />;
  const at = { accepted: acceptedAt, revoked: revokedAt, expired: expiresAt }[status];
  return at ? <When at={at} /> : null;
}
