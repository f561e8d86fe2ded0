import { Link } from 'react-router';
import { wholeNumber } from '../../i18n/format.ts';
import { useI18n } from '../../i18n/i18n.ts';
import { useRows } from '../../providers/data/use-rows.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { RoleChips } from '../../ui/chips/role-chip.tsx';
import { When } from '../../ui/chips/when.tsx';
import { ErrorState } from '../../ui/feedback/error-state.tsx';
import { ListSkeleton } from '../../ui/feedback/skeleton.tsx';
import { Section } from '../../ui/page/section.tsx';

/** Pending invitations, those that expire first on top. */
export function PendingInvitations() {
  const { t, rich } = useI18n();
  const scope = useTenantScope();
  const { rows, page, error, retry } = useRows<'invitations'>(scope.resource('invitations'), {
    sort: 'expiresAt',
    limit: 5,
    fixed: { status: 'pending' },
  });
  const all = scope.to('invitations?status=pending');
  return (
    <Section
      title={t('home.pending')}
      actions={
        page && page.total > 0 ? (
          <Link to={all}>{t('home.all_pending', { count: page.total, n: wholeNumber(page.total) })}</Link>
        ) : null
      }
    >
      {error ? <ErrorState error={error} onRetry={retry} /> : null}
      {!rows && !error ? <ListSkeleton rows={2} columns={1} /> : null}
      {rows?.length === 0 ? <p className="empty-muted muted">{t('home.none_pending')}</p> : null}
      <ul className="home-list">
        {rows?.map((invitation) => (
          <li key={invitation.id}>
            <Link className="home-email" to={scope.to(`invitations/${invitation.id}`)}>
              {invitation.email}
            </Link>
            <RoleChips roles={invitation.roles} />
            <span className="muted">
              {rich('invitations.expires_when', { when: <When at={invitation.expiresAt} /> })}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
