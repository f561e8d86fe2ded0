import { InviteButton } from '../../features/invite/invite-button.tsx';
import { formatList } from '../../i18n/format.ts';
import { t } from '../../i18n/i18n.ts';
import { roleName } from '../../i18n/role-name.ts';
import { useMe } from '../../providers/auth/session.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { AuditTimeline } from '../../ui/audit/timeline.tsx';
import { PageHeader } from '../../ui/page/page-header.tsx';
import { ExpiringRoles } from './expiring-roles.tsx';
import { MyAccess } from './my-access.tsx';
import { PendingInvitations, RecentMembers } from './people.tsx';
import { RoleCounts } from './role-counts.tsx';

/** Home of a tenant: what waits, ends and changed for its admins; one's own access for its members. */
export default function TenantHome() {
  const me = useMe();
  const scope = useTenantScope();
  const own = me.memberships.find((each) => each.tenantId === scope.tenantId);
  const roles = own?.roles.map(roleName) ?? [];
  const isAdmin = scope.can('members:invite') || scope.can('roles:assign') || scope.can('audit:read');
  const yours = t('home.your_roles', { roles: formatList(roles) || t('role.none'), count: roles.length });
  return (
    <>
      <PageHeader
        title={scope.name}
        lead={own ? yours : t('home.as_staff')}
        primary={scope.can('members:invite') ? <InviteButton /> : null}
      />
      {isAdmin ? (
        <div className="columns">
          <div>
            {scope.can('invitations:read') ? <PendingInvitations /> : null}
            {scope.can('members:read') && scope.can('roles:assign') ? <ExpiringRoles /> : null}
            <AuditTimeline limit={8} />
          </div>
          <div>
            {scope.can('roles:read') ? <RoleCounts /> : null}
            {scope.can('members:read') ? <RecentMembers /> : null}
          </div>
        </div>
      ) : (
        <MyAccess key={scope.tenantId} />
      )}
    </>
  );
}
