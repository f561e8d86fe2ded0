import { Link } from 'react-router';
import { useI18n } from '../../i18n/i18n.ts';
import { useRows } from '../../providers/data/use-rows.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { When } from '../../ui/chips/when.tsx';
import { ListSection } from '../../ui/page/list-section.tsx';
import { TenantTitle } from '../tenants/tenant-title.tsx';

export function NewestTenants() {
  const { t } = useI18n();
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
