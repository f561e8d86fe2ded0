import { useSyncExternalStore } from 'react';
import { useI18n } from '../i18n/i18n.ts';
import { useMe } from '../providers/auth/session.ts';
import { useOptionalScope } from '../providers/tenant/tenant-scope.tsx';
import { tenantStatus } from '../ui/chips/status-labels.ts';
import { Icon } from '../ui/icon.tsx';

function subscribe(listener: () => void) {
  addEventListener('online', listener);
  addEventListener('offline', listener);
  return () => {
    removeEventListener('online', listener);
    removeEventListener('offline', listener);
  };
}

/** Warns that data may be outdated while offline. */
export function OfflineBanner() {
  const { t } = useI18n();
  const online = useSyncExternalStore(subscribe, () => navigator.onLine);
  return (
    <div role="status">
      {online ? null : (
        <p className="banner row">
          <Icon name="offline" size={16} />
          {t('shell.offline')}
        </p>
      )}
    </div>
  );
}

/** Says that the user is impersonated, by whom, and whether changes are allowed. */
export function ImpersonationBanner() {
  const { t } = useI18n();
  const { user, impersonation } = useMe();
  if (!impersonation) return null;
  const message = impersonation.isReadOnly ? 'shell.impersonated_read_only' : 'shell.impersonated';
  return <p className="banner banner-warn">{t(message, { user: user.name, impersonator: impersonation.by.name })}</p>;
}

/** Warns that the tenant or the user's own membership is not active. */
export function SuspendedBanner() {
  const { t } = useI18n();
  const me = useMe();
  const scope = useOptionalScope();
  if (!scope) return null;
  if (scope.status === 'active' || scope.status === 'trialing') {
    const own = me.memberships.find((each) => each.tenantId === scope.tenantId);
    if (own?.membershipStatus !== 'suspended') return null;
    return <p className="banner banner-warn">{t('live.membership_suspended', { tenant: scope.name })}</p>;
  }
  const status = t(tenantStatus[scope.status].label).toLowerCase();
  return <p className="banner banner-warn">{t('shell.tenant_inactive', { tenant: scope.name, status })}</p>;
}
