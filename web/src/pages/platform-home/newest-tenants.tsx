import { Link } from 'react-router';
import { useI18n } from '../../i18n/i18n.ts';
import { useRows } from '../../providers/data/use-rows.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { When } from '../../ui/chips/when.tsx';
import { EmptyState } from '../../ui/feedback/empty-state.tsx';
import { ErrorState } from '../../ui/feedback/error-state.tsx';
import { ListSkeleton } from '../../ui/feedback/skeleton.tsx';
import { Section } from '../../ui/page/section.tsx';
import { TenantTitle } from '../tenants/tenant-title.tsx';

export function NewestTenants() {
  const { t } = useI18n();
  const scope = useTenantScope();
  const { rows, error, retry } = useRows<'tenants'>('tenants', {
    sort: '-createdAt',
    limit: 5,
    fixed: { kind: 'customer' },
  });
  return (
    <Section
      title={t('platform.newest')}
      actions={<Link to={scope.to('tenants?sort=-createdAt')}>{t('platform.all_tenants')}</Link>}
    >
      {error ? <ErrorState error={error} onRetry={retry} /> : null}
      {!rows && !error ? <ListSkeleton rows={4} columns={1} /> : null}
      {rows?.length === 0 ? <EmptyState title={t('tenants.empty')} text={t('tenants.empty_text')} /> : null}
      <ul className="home-list">
        {rows?.map((tenant) => (
          <li key={tenant.id}>
            <Link className="home-tenant" to={scope.to(`tenants/${tenant.id}`)}>
              <TenantTitle tenant={tenant} />
            </Link>
            <span className="muted">
              <When at={tenant.createdAt} />
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
