import type { Page } from 'bff/contract';
import { Link } from 'react-router';
import { addDays, dayOf, startOfDay } from '../../core/days.ts';
import { formatTotal } from '../../i18n/format.ts';
import type { MessageKey } from '../../i18n/i18n.ts';
import { useI18n } from '../../i18n/i18n.ts';
import type { PermissionCode } from '../../providers/access/permissions.ts';
import { useRows } from '../../providers/data/use-rows.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';

/** Midnight thirty days ago, so that the query key is stable all day. */
const thirtyDaysAgo = () => startOfDay(dayOf(addDays(new Date(), -30))) ?? '';

function useCount(resource: string, permission: PermissionCode, fixed: Record<string, string>) {
  const enabled = useTenantScope().can(permission);
  const all = useRows<'tenants'>(resource, { limit: 1, fixed, enabled });
  const since = { ...fixed, 'createdAt[gte]': thirtyDaysAgo() };
  const recent = useRows<'tenants'>(resource, { limit: 1, fixed: since, enabled });
  return { enabled, all: all.page, recent: recent.page };
}

/** Total and recent counts, limited to what the user can read. */
export function Numbers() {
  const { t } = useI18n();
  const scope = useTenantScope();
  const tenants = useCount('tenants', 'tenants:read', { kind: 'customer' });
  const users = useCount('users', 'users:read', {});
  const staff = useCount(scope.resource('members'), 'members:read', { status: 'active' });
  return (
    <dl className="totals" aria-label={t('platform.totals')}>
      {tenants.enabled ? <Total {...tenants} label="platform.tenants" to={scope.to('tenants')} /> : null}
      {users.enabled ? <Total {...users} label="platform.users" to={scope.to('users')} /> : null}
      {staff.enabled ? <Total {...staff} label="platform.staff" to={scope.to('staff')} /> : null}
    </dl>
  );
}

type TotalProps = { label: MessageKey; to: string; all: Page | undefined; recent: Page | undefined };

function Total({ label, to, all, recent }: TotalProps) {
  const { t } = useI18n();
  return (
    <div className="total">
      <dt>
        <Link to={to}>{t(label, { count: all?.total ?? 2 })}</Link>
      </dt>
      <dd className="total-number">{all ? formatTotal(all) : '…'}</dd>
      <dd className="muted">
        {recent
          ? recent.total > 0
            ? t('platform.recent', { n: formatTotal(recent) })
            : t('platform.none_recent')
          : null}
      </dd>
    </div>
  );
}
