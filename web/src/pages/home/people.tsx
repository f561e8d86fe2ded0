import { Link } from 'react-router';
import { formatTotal } from '../../i18n/format.ts';
import { t } from '../../i18n/i18n.ts';
import { useRows } from '../../providers/data/use-rows.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { Ending } from '../../ui/chips/ending.tsx';
import { RoleChips } from '../../ui/chips/role-chip.tsx';
import { UserChip } from '../../ui/chips/user-chip.tsx';
import { When } from '../../ui/chips/when.tsx';
import { ListSection } from '../../ui/page/list-section.tsx';

/** Pending invitations, those that expire first on top. */
export function PendingInvitations() {
  const scope = useTenantScope();
  const fixed = { status: 'pending' };
  const rows = useRows<'invitations'>(scope.resource('invitations'), { sort: 'expiresAt', limit: 5, fixed });
  const total = rows.page?.total ?? 0;
  const all = t('home.all_pending', { count: total, ...(rows.page ? { n: formatTotal(rows.page) } : {}) });
  return (
    <ListSection
      title={t('home.pending')}
      rows={rows}
      empty={t('home.none_pending')}
      actions={total > 0 ? <Link to={scope.to('invitations?status=pending')}>{all}</Link> : null}
    >
      {({ id, email, roles, expiresAt }) => (
        <li key={id}>
          <Link className="section-list-main" to={scope.to(`invitations/${id}`)}>
            <bdi>{email}</bdi>
          </Link>
          <RoleChips roles={roles} />
          <span className="muted">
            <Ending at={expiresAt} label="invitations.expires_when" />
          </span>
        </li>
      )}
    </ListSection>
  );
}

/** The newest members. */
export function RecentMembers() {
  const scope = useTenantScope();
  const fixed = { status: 'active' };
  const rows = useRows<'members'>(scope.resource('members'), { sort: '-createdAt', limit: 6, fixed });
  return (
    <ListSection
      title={t('home.recent_members')}
      rows={rows}
      empty={t('members.empty')}
      actions={<Link to={scope.to('members')}>{t('home.all_members')}</Link>}
    >
      {({ id, user, createdAt }) => (
        <li key={id}>
          <UserChip user={user} to={scope.to(`members/${id}`)} />
          <span className="muted">
            <When at={createdAt} />
          </span>
        </li>
      )}
    </ListSection>
  );
}
