import './home.css';
import { InviteButton } from '../../features/invite/invite-button.tsx';
import { inWords } from '../../i18n/format.ts';
import { useI18n } from '../../i18n/i18n.ts';
import { useMe } from '../../providers/auth/session.ts';
import { usePlace } from '../../providers/tenant/tenant-scope.tsx';
import { AuditTimeline } from '../../ui/audit/timeline.tsx';
import { PageHeader } from '../../ui/page/page-header.tsx';
import { EndsSoon } from './expiring-roles.tsx';
import { WaitingInvitations } from './pending-invitations.tsx';
import { JoinedLately } from './recent-members.tsx';
import { RoleCounts } from './role-counts.tsx';

/** The tenant at a glance: what waits, who is new, who holds what, what happened. */
export default function TenantHome() {
  const { t } = useI18n();
  const me = useMe();
  const place = usePlace();
  const own = me.memberships.find((each) => each.tenantId === place.tenantId);
  const roles = own?.roles.map((role) => role.name) ?? [];
  return (
    <>
      <PageHeader
        title={place.name}
        lead={
          own
            ? t('home.your_roles', { roles: inWords(roles) || t('role.none'), count: roles.length })
            : t('home.as_staff')
        }
        primary={place.may('members:invite').can ? <InviteButton /> : null}
      />
      <div className="home-columns">
        <div>
          {place.may('invitations:read').can ? <WaitingInvitations /> : null}
          {place.may('members:read').can ? <EndsSoon /> : null}
          <AuditTimeline limit={8} />
          {place.may('audit:read').can ? null : <JoinedLately limit={10} />}
        </div>
        <div>
          {place.may('roles:read').can ? <RoleCounts /> : null}
          {place.may('audit:read').can ? <JoinedLately limit={6} /> : null}
        </div>
      </div>
    </>
  );
}
