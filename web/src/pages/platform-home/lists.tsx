import { useMemo } from 'react';
import { Link } from 'react-router';
import { t } from '../../i18n/i18n.ts';
import { roleName } from '../../i18n/role-name.ts';
import { useRows } from '../../providers/data/use-rows.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { AuditTimeline } from '../../ui/audit/timeline.tsx';
import { When } from '../../ui/chips/when.tsx';
import { ListSection } from '../../ui/page/list-section.tsx';
import { RoleBars } from '../home/role-counts.tsx';
import { TenantTitle } from '../tenants/tenant-title.tsx';
import { useRoleCounts } from '../users/use-role-counts.ts';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** What was refused in the last 24 hours, in all tenants. */
export function RecentDenials({ limit }: { limit: number }) {
  // Rounded to the minute, so that the query key is stable.
  const since = useMemo(() => new Date(Math.floor((Date.now() - DAY_MS) / MINUTE_MS) * MINUTE_MS).toISOString(), []);
  return (
    <AuditTimeline
      title={t('platform.denials')}
      filter={{ outcome: 'denied', 'createdAt[gte]': since }}
      limit={limit}
      everywhere
      empty={t('platform.no_denials')}
    />
  );
}

/** The newest tenants. */
export function NewestTenants() {
  const scope = useTenantScope();
  const rows = useRows<'tenants'>('tenants', { sort: '-createdAt', limit: 5, fixed: { kind: 'customer' } });
  return (
    <ListSection
      title={t('platform.newest')}
      rows={rows}
      empty={t('tenants.empty')}
      actions={<Link to={scope.to('tenants?sort=-createdAt')}>{t('platform.all_tenants')}</Link>}
    >
      {(tenant) => (
        <li key={tenant.id}>
          <Link to={scope.to(`tenants/${tenant.id}`)}>
            <TenantTitle tenant={tenant} />
          </Link>
          <span className="muted">
            <When at={tenant.createdAt} />
          </span>
        </li>
      )}
    </ListSection>
  );
}

/** Users by app role: in the default tenant, or in all tenants together. */
export function AppRoleCounts() {
  const { data, error, refetch } = useRoleCounts();
  const note = data?.tenant ? t('platform.roles_in', { tenant: data.tenant.name }) : t('platform.roles_in_all');
  const rows = data?.roles.map((role) => ({ id: role.key, name: roleName(role), users: role.users }));
  return (
    <RoleBars
      title={t('platform.app_roles')}
      note={data ? note : undefined}
      rows={{ rows, error, retry: () => void refetch() }}
      empty={t('platform.app_roles_none')}
    />
  );
}
