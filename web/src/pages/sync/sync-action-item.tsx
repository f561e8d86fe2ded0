import { Link } from 'react-router';
import { wholeNumber } from '../../i18n/format.ts';
import { useI18n } from '../../i18n/i18n.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { Icon } from '../../ui/icon.tsx';
import { type HealthStatus, healthStatusOf } from './health-status.ts';
import { useHasDirectory, useSyncHealth } from './use-sync.ts';

/** The sync problem to act on; nothing if healthy or not readable. */
export function useSyncActionItem(): HealthStatus | undefined {
  const canRead = useTenantScope().can('sync:read');
  const hasDirectory = useHasDirectory() === true;
  const { record } = useSyncHealth('24h', canRead && hasDirectory);
  const status = record ? healthStatusOf(record) : undefined;
  return status?.tone === 'bad' || status?.tone === 'warn' ? status : undefined;
}

/** One line of the action items. */
export function SyncActionItem({ status: { reason, tone, count, to } }: { status: HealthStatus }) {
  const { t } = useI18n();
  const scope = useTenantScope();
  return (
    <li>
      <Link className="home-tenant tenant-name" to={scope.to('sync')}>
        <Icon name="sync" />
        <span>{t('sync.action_item_link')}</span>
      </Link>
      <Link className={`action-item-${tone}`} to={scope.to(to)}>
        {t(`sync.status_${reason}`, { count, n: wholeNumber(count) })}
      </Link>
    </li>
  );
}
