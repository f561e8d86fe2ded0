import type { UserDetail } from 'bff/contract';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useI18n } from '../../i18n/i18n.ts';
import { useSessionInfo } from '../../providers/auth/session-info.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { When } from '../../ui/chips/when.tsx';
import { Details } from '../../ui/page/detail-layout.tsx';
import { UserStatus } from './user-status.tsx';

export function UserDetails({ user }: { user: UserDetail }) {
  const { t } = useI18n();
  const scope = useTenantScope();
  const info = useSessionInfo();
  const provider = info?.identityProvider;
  const { id, email, emailVerified, lastSignInAt, createdAt, deletedAt } = user;
  const rows: [string, ReactNode][] = [[t('status.label'), <UserStatus key="state" user={user} />]];
  if (email)
    rows.push([
      t('users.email'),
      <span key="email">
        {email}
        <br />
        <span className="muted">{t(emailVerified ? 'users.verified' : 'users.unverified')}</span>
      </span>,
    ]);
  // A JWT issuer does not report sign-ins.
  if (lastSignInAt || provider !== 'jwt')
    rows.push([t('users.last_sign_in'), lastSignInAt ? <When key="seen" at={lastSignInAt} /> : t('users.never')]);
  rows.push([t('users.since'), <When key="since" at={createdAt} />]);
  if (deletedAt) rows.push([t('users.deleted_at'), <When key="deleted" at={deletedAt} />]);
  rows.push([
    t('users.id'),
    <span key="id" className="mono" translate="no">
      {id}
    </span>,
  ]);
  return (
    <>
      <Details rows={rows} />
      {info?.hasDirectory && scope.can('sync:read') ? (
        <p className="details-more">
          <Link to={scope.to(`sync/events?${new URLSearchParams({ objectId: id })}`)}>{t('sync.of_user')}</Link>
        </p>
      ) : null}
      {provider && !deletedAt ? <p className="user-profile-note">{t(`users.profile_owner_${provider}`)}</p> : null}
    </>
  );
}
