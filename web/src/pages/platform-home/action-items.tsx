import { Button } from 'antd';
import type { Page, Tenant } from 'bff/contract';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { formatTotal } from '../../i18n/format.ts';
import { t } from '../../i18n/i18n.ts';
import { rich } from '../../i18n/rich.ts';
import { useMe } from '../../providers/auth/session.ts';
import { useRows } from '../../providers/data/use-rows.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { Since, When } from '../../ui/chips/when.tsx';
import { Icon } from '../../ui/icon.tsx';
import { ListSection } from '../../ui/page/list-section.tsx';
import { useSyncActionItem } from '../sync/use-sync.ts';
import { TenantTitle } from '../tenants/tenant-title.tsx';
import { useSnoozed } from './snoozed.ts';

const SHOWN = 4;

type Item = { id: string; title: ReactNode; tone: 'warn' | 'bad'; text: ReactNode; to: string; action: string };

/** An unhealthy sync, and tenants without an owner or suspended; each leads to where it is mended. */
export function ActionItems() {
  const { user } = useMe();
  const scope = useTenantScope();
  const { isSnoozed, snooze, showAll } = useSnoozed(user.id);
  const wanted = { sort: 'name', limit: SHOWN };
  const ownerless = useRows<'tenants'>('tenants', { ...wanted, fixed: { kind: 'customer', ownerless: 'true' } });
  const suspended = useRows<'tenants'>('tenants', { ...wanted, fixed: { kind: 'customer', status: 'suspended' } });
  const sync = useSyncActionItem();
  const tenantItem = (tenant: Tenant, item: Pick<Item, 'tone' | 'text' | 'action'>): Item => ({
    id: `${item.tone} ${tenant.id}`,
    title: <TenantTitle tenant={tenant} />,
    to: scope.to(`tenants/${tenant.id}`),
    ...item,
  });
  const items: Item[] = [
    ...(sync
      ? [
          {
            id: `sync ${sync.reason}`,
            title: t('sync.action_item_link'),
            tone: sync.tone === 'bad' ? ('bad' as const) : ('warn' as const),
            text: t(`sync.status_${sync.reason}`, { count: sync.count }),
            to: scope.to(sync.to),
            action: t('platform.look'),
          },
        ]
      : []),
    ...(ownerless.rows ?? []).map((tenant) =>
      tenantItem(tenant, {
        tone: 'bad',
        text: rich('platform.ownerless', { time: <Since at={tenant.ownerlessSince ?? tenant.createdAt} /> }),
        action: t('platform.assign_owner'),
      }),
    ),
    ...(suspended.rows ?? [])
      .filter(({ id }) => !ownerless.rows?.some((other) => other.id === id))
      .map((tenant) =>
        tenantItem(tenant, {
          tone: 'warn',
          text: rich('platform.suspended', { when: <When at={tenant.updatedAt} /> }),
          action: t('platform.reactivate'),
        }),
      ),
  ];
  const shown = items.filter(({ id }) => !isSnoozed(id));
  const failed = ownerless.error ? ownerless : suspended;
  const isLoaded = ownerless.rows !== undefined && suspended.rows !== undefined;
  return (
    <ListSection
      title={t('platform.action_items')}
      rows={{ rows: isLoaded ? shown : undefined, error: failed.error, retry: failed.retry }}
      empty={t('platform.no_action_items')}
      actions={
        <>
          <More to={scope.to('tenants?ownerless=true')} label="platform.all_ownerless" page={ownerless.page} />
          <More to={scope.to('tenants?status=suspended')} label="platform.all_suspended" page={suspended.page} />
          {items.length > shown.length ? (
            <button type="button" className="text-button" onClick={showAll}>
              {t('platform.snoozed', { count: items.length - shown.length })}
            </button>
          ) : null}
        </>
      }
    >
      {({ id, title, tone, text, to, action }) => (
        <li key={id}>
          <Link className="section-list-main" to={to}>
            {title}
          </Link>
          <span className={`text-${tone}`}>{text}</span>
          <span>
            <Link to={to}>{action}</Link>
            <Button
              size="small"
              type="text"
              icon={<Icon name="close" size={14} />}
              title={t('platform.snooze')}
              aria-label={t('platform.snooze')}
              onClick={() => snooze(id)}
            />
          </span>
        </li>
      )}
    </ListSection>
  );
}

type MoreProps = { to: string; label: 'platform.all_ownerless' | 'platform.all_suspended'; page: Page | undefined };

function More({ to, label, page }: MoreProps) {
  if (!page || page.total <= SHOWN) return null;
  return <Link to={to}>{t(label, { count: page.total, n: formatTotal(page) })}</Link>;
}
