import { Navigate } from 'react-router';
import { tenantPath } from '../../core/address.ts';
import { isStaff } from '../../providers/access/permissions.ts';
import { useMe } from '../../providers/auth/session.ts';
import { recentSlugs } from '../../providers/tenant/recent-tenants.ts';
import { NoTenant } from './no-tenant.tsx';

/** Staff start at the platform; other users in the tenant they used last. */
export function HomeRedirect() {
  const me = useMe();
  if (isStaff(me)) return <Navigate to="/platform/home" replace />;
  const slugs = me.memberships.filter((each) => each.kind === 'customer').map((each) => each.slug);
  const slug = recentSlugs(me.user.id).find((recent) => slugs.includes(recent)) ?? slugs[0];
  return slug ? <Navigate to={`${tenantPath(slug)}/home`} replace /> : <NoTenant />;
}
