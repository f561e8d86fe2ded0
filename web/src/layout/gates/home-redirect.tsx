import { Navigate } from 'react-router';
import { tenantPath } from '../../core/address.ts';
import { recentSlugs } from '../../core/recent.ts';
import { t } from '../../i18n/i18n.ts';
import { isStaff } from '../../providers/access/permissions.ts';
import { useMe } from '../../providers/auth/session.ts';
import { MessagePage } from '../../ui/feedback/message-page.tsx';
import { Details } from '../../ui/page/record-page.tsx';

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
  const { user } = useMe();
  const id = <code className="mono">{user.id}</code>;
  const note = <Details rows={{ [t('shell.no_tenant_email')]: user.email ?? '—', [t('shell.no_tenant_id')]: id }} />;
  return <MessagePage title={t('shell.no_tenant_title')} text={t('shell.no_tenant_text')} note={note} />;
}
