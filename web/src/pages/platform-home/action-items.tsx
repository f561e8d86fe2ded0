import type { Tenant } from 'bff/contract';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { wholeNumber } from '../../i18n/format.ts';
import { useI18n } from '../../i18n/i18n.ts';
import { useRows } from '../../providers/data/use-rows.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { Since, When } from '../../ui/chips/when.tsx';
import { ErrorState } from '../../ui/feedback/error-state.tsx';
import { ListSkeleton } from '../../ui/feedback/skeleton.tsx';
import { Section } from '../../ui/page/section.tsx';
import { SyncActionItem, useSyncActionItem } from '../sync/sync-action-item.tsx';
import { TenantTitle } from '../tenants/tenant-title.tsx';

const SHOWN = 4;

/** An unhealthy sync, and tenants without an owner or suspended. */
export function ActionItems() {
  const { t, rich } = useI18n();
  const scope = useTenantScope();
  const wanted = { sort: 'name', limit: SHOWN };
  const ownerless = useRows<'tenants'>('tenants', { ...wanted, fixed: { kind: 'customer', ownerless: 'true' } });
  const suspended = useRows<'tenants'>('tenants', { ...wanted, fixed: { kind: 'customer', status: 'suspended' } });
  const sync = useSyncActionItem();
  const error = ownerless.error ?? suspended.error;
  const isLoading = !error && (!ownerless.rows || !suspended.rows);
  const nothing = !sync && ownerless.rows?.length === 0 && suspended.rows?.length === 0;
  const closed = suspended.rows?.filter((tenant) => !ownerless.rows?.some((other) => other.id === tenant.id));
  const more = (total: number | undefined) => ({ count: total ?? 0, n: wholeNumber(total ?? 0) });

  return (
    <Section title={t('platform.action_items')}>
      {error ? <ErrorState error={error} onRetry={ownerless.error ? ownerless.retry : suspended.retry} /> : null}
      {isLoading ? <ListSkeleton rows={2} columns={1} /> : null}
      {nothing ? <p className="muted empty-muted">{t('platform.no_action_items')}</p> : null}
      <ul className="home-list">
        {sync ? <SyncActionItem status={sync} /> : null}
        {ownerless.rows?.map((tenant) => (
          <ActionItem key={tenant.id} tenant={tenant} tone="bad">
            {rich('platform.ownerless', { time: <Since at={tenant.ownerlessSince ?? tenant.createdAt} /> })}
          </ActionItem>
        ))}
        {closed?.map((tenant) => (
          <ActionItem key={tenant.id} tenant={tenant} tone="warn">
            {rich('platform.suspended', { when: <When at={tenant.updatedAt} /> })}
          </ActionItem>
        ))}
      </ul>
      {(ownerless.page?.total ?? 0) > SHOWN || (suspended.page?.total ?? 0) > SHOWN ? (
        <p className="action-items-more">
          {(ownerless.page?.total ?? 0) > SHOWN ? (
            <Link to={scope.to('tenants?ownerless=true')}>
              {t('platform.all_ownerless', more(ownerless.page?.total))}
            </Link>
          ) : null}
          {(suspended.page?.total ?? 0) > SHOWN ? (
            <Link to={scope.to('tenants?status=suspended')}>
              {t('platform.all_suspended', more(suspended.page?.total))}
            </Link>
          ) : null}
        </p>
      ) : null}
    </Section>
  );
}

function ActionItem({ tenant, tone, children }: { tenant: Tenant; tone: 'warn' | 'bad'; children: ReactNode }) {
  const scope = useTenantScope();
  return (
    <li>
      <Link className="home-tenant" to={scope.to(`tenants/${tenant.id}`)}>
        <TenantTitle tenant={tenant} />
      </Link>
      <span className={`action-item-${tone}`}>{children}</span>
    </li>
  );
}
