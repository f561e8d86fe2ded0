import './home.css';
import { InviteButton } from '../../features/invite/invite-button.tsx';
import { formatList } from '../../i18n/format.ts';
import { useI18n } from '../../i18n/i18n.ts';
import { useMe } from '../../providers/auth/session.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { AuditTimeline } from '../../ui/audit/timeline.tsx';
import { PageHeader } from '../../ui/page/page-header.tsx';
import { ExpiringRoles } from './expiring-roles.tsx';
import { PendingInvitations } from './pending-invitations.tsx';
import { RecentMembers } from './recent-members.tsx';
import { RoleCounts } from './role-counts.tsx';

/** Dashboard of a tenant: pending invitations, new members, roles, activity. */
export default function TenantHome() {
  const { t } = useI18n();
  const me = useMe();
  const scope = useTenantScope();
  const own = me.memberships.find((each) => each.tenantId === scope.tenantId);
  const roles = own?.roles.map((role) => role.name) ?? [];
  return (
    <>
      <PageHeader
        title={scope.name}
        lead={
          own
            ? t('home.your_roles', { roles: formatList(roles) || t('role.none'), count: roles.length })
            : t('home.as_staff')
        }
        primary={scope.can('members:invite') ? <InviteButton /> : null}
      />
      <div className="home-columns">
        <div>
          {scope.can('invitations:read') ? <PendingInvitations /> : null}
          {scope.can('roles:assign') && scope.can('members:read') ? <ExpiringRoles /> : null}
          <AuditTimeline limit={8} />
          {scope.can('audit:read') ? null : <RecentMembers limit={10} />}
        </div>
        <div>
          {scope.can('roles:read') ? <RoleCounts /> : null}
          {scope.can('audit:read') ? <RecentMembers limit={6} /> : null}
        </div>
      </div>
    </>
  );
}
