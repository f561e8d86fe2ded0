import '../home/home.css';
import './platform-home.css';
import { PLATFORM_TENANT_ID } from 'bff/contract';
import { formatList } from '../../i18n/format.ts';
import { useI18n } from '../../i18n/i18n.ts';
import { useMe } from '../../providers/auth/session.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { AuditTimeline } from '../../ui/audit/timeline.tsx';
import { PageHeader } from '../../ui/page/page-header.tsx';
import { RoleCounts } from '../home/role-counts.tsx';
import { ActionItems } from './action-items.tsx';
import { AppRoleCounts } from './app-role-counts.tsx';
import { GlobalSearch } from './global-search.tsx';
import { NewestTenants } from './newest-tenants.tsx';
import { Numbers } from './totals.tsx';

/** Dashboard of the platform, limited to what the user can read. */
export default function PlatformHome() {
  const { t } = useI18n();
  const me = useMe();
  const scope = useTenantScope();
  const own = me.memberships.find((each) => each.tenantId === PLATFORM_TENANT_ID);
  const roles = own?.roles.map((role) => role.name) ?? [];
  const canReadTenants = scope.can('tenants:read');
  const canReadUsers = scope.can('users:read');
  return (
    <>
      <PageHeader
        title={t('platform.title')}
        lead={t('platform.lead', { roles: formatList(roles) || t('role.none'), count: roles.length })}
      />
      {canReadTenants || canReadUsers ? <GlobalSearch /> : null}
      <Numbers />
      <div className="home-columns">
        <div>
          {canReadTenants ? <ActionItems /> : null}
          <AuditTimeline
            title={t('platform.denials')}
            filter={{ outcome: 'denied' }}
            limit={5}
            everywhere
            empty={t('platform.no_denials')}
          />
          <AuditTimeline title={t('platform.events')} limit={8} everywhere />
        </div>
        <div>
          {canReadTenants ? <NewestTenants /> : null}
          {canReadUsers ? <AppRoleCounts /> : null}
          {scope.can('roles:read') ? <RoleCounts title={t('platform.staff_roles')} /> : null}
        </div>
      </div>
    </>
  );
}
