import './platform-home.css';
import { PLATFORM_TENANT_ID } from 'bff/contract';
import { formatList } from '../../i18n/format.ts';
import { t } from '../../i18n/i18n.ts';
import { roleName } from '../../i18n/role-name.ts';
import { useMe } from '../../providers/auth/session.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { AuditTimeline } from '../../ui/audit/timeline.tsx';
import { PageHeader } from '../../ui/page/page-header.tsx';
import { RoleCounts } from '../home/role-counts.tsx';
import { ActionItems } from './action-items.tsx';
import { AppRoleCounts, NewestTenants, RecentDenials } from './lists.tsx';
import { SupportHome } from './support-home.tsx';
import { Trends } from './trends.tsx';

/** Home of the platform: what needs its admins, or search and the latest denials for support staff. */
export default function PlatformHome() {
  const me = useMe();
  const scope = useTenantScope();
  const own = me.memberships.find((each) => each.tenantId === PLATFORM_TENANT_ID);
  const roles = own?.roles.map(roleName) ?? [];
  return (
    <>
      <PageHeader
        title={t('platform.title')}
        lead={t('platform.lead', { roles: formatList(roles) || t('role.none'), count: roles.length })}
      />
      {scope.can('tenants:update') ? <AdminHome /> : <SupportHome />}
    </>
  );
}

function AdminHome() {
  const scope = useTenantScope();
  const canReadTenants = scope.can('tenants:read');
  return (
    <>
      {canReadTenants ? <Trends /> : null}
      <div className="columns">
        <div>
          {canReadTenants ? <ActionItems /> : null}
          <RecentDenials limit={5} />
          <AuditTimeline title={t('platform.events')} limit={8} everywhere />
        </div>
        <div>
          {canReadTenants ? <NewestTenants /> : null}
          {scope.can('users:read') ? <AppRoleCounts /> : null}
          {scope.can('roles:read') ? <RoleCounts title={t('platform.staff_roles')} /> : null}
        </div>
      </div>
    </>
  );
}
