import type { AccessTimeline, EffectiveAccess } from 'bff/contract';
import { Link } from 'react-router';
import { explainPath } from '../../core/explain-path.ts';
import { useAccess } from '../../features/access/use-access.ts';
import { longDate } from '../../i18n/format.ts';
import { t } from '../../i18n/i18n.ts';
import { blockedIn } from '../../providers/access/permissions.ts';
import { useMe } from '../../providers/auth/session.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { permissionLabel } from '../../ui/chips/permission-label.ts';
import { PermissionTag } from '../../ui/chips/permission-tag.tsx';
import { RoleChip } from '../../ui/chips/role-chip.tsx';
import { UserChip } from '../../ui/chips/user-chip.tsx';
import { ListSection } from '../../ui/page/list-section.tsx';

/** What the user may do in this tenant, through which roles, until when, and who can give more. */
export function MyAccess() {
  const me = useMe();
  const scope = useTenantScope();
  const userId = me.user.id;
  const blocked = blockedIn(me, scope.tenantId);
  const access = useAccess<EffectiveAccess>('effective', { userId });
  const timeline = useAccess<AccessTimeline>('timeline', { userId });
  const isCurrent = ({ until }: { until: string | null }) => until === null || Date.parse(until) > Date.now();
  return (
    <div className="columns">
      <ListSection
        title={t('home.what_i_can_do')}
        rows={{ ...access, rows: access.record?.permissions }}
        empty={t(blocked ? 'home.nothing_now' : 'home.no_permissions')}
        actions={<Link to={explainPath(scope.base, {})}>{t('home.check_permission')}</Link>}
      >
        {({ code, description }) => (
          <li key={code}>
            <span>{permissionLabel({ code, description: description ?? code })}</span>
            <PermissionTag code={code} />
          </li>
        )}
      </ListSection>
      <div>
        <ListSection
          title={t('home.my_roles')}
          rows={{ ...timeline, rows: timeline.record?.assignments.filter(isCurrent) }}
          empty={t('role.none')}
        >
          {({ role, from, until }) => (
            <li key={`${role.id} ${from}`}>
              <RoleChip role={role} until={until} isOwner={role.isOwner} />
              <span className="muted">{t('role.since', { day: longDate(from) })}</span>
            </li>
          )}
        </ListSection>
        {blocked ? null : (
          <ListSection
            title={t('home.grantors')}
            rows={{ ...access, rows: access.record?.eligibleGrantors }}
            empty={t('home.no_grantors')}
          >
            {(user) => (
              <li key={user.id}>
                <UserChip user={user} />
              </li>
            )}
          </ListSection>
        )}
      </div>
    </div>
  );
}
