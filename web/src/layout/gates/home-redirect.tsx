import { Navigate } from 'react-router';
import { tenantPath } from '../../core/address.ts';
import { useI18n } from '../../i18n/i18n.ts';
import { isStaff } from '../../providers/access/permissions.ts';
import { useMe } from '../../providers/auth/session.ts';
import { recentSlugs } from '../../providers/tenant/recent-tenants.ts';
import { MessagePage } from '../../ui/feedback/message-page.tsx';

/** Staff start at the platform; other users in the tenant they used last. */
export function HomeRedirect() {
  const me = useMe();
  if (isStaff(me)) return <Navigate to="/platform/home" replace />;
  const slugs = me.memberships.filter((each) => each.kind === 'customer').map((each) => each.slug);
  const slug = recentSlugs(me.user.id).find((recent) => slugs.includes(recent)) ?? slugs[0];
  return slug ? <Navigate to={`${tenantPath(slug)}/home`} replace /> : <NoTenant />;
}

/** Signed in without a membership: shows what an administrator needs to invite the user. */
function NoTenant() {
  const { t } = useI18n();
  const { user } = useMe();
  const note = (
    <dl>
      <dt>{t('shell.no_tenant_email')}</dt>
      <dd>{user.email ?? '—'}</dd>
      <dt>{t('shell.no_tenant_id')}</dt>
      <dd className="mono">{user.id}</dd>
    </dl>
  );
  return <MessagePage title={t('shell.no_tenant_title')} text={t('shell.no_tenant_text')} note={note} />;
}
