import { whenUnreachable } from '../core/api.ts';
import { reconnectNow, useIsConnectionLost } from '../core/connection.ts';
import { followVersion, useIsOutdated } from '../core/version.ts';
import { useI18n } from '../i18n/i18n.ts';
import { useMe } from '../providers/auth/session.ts';
import { useOptionalScope } from '../providers/tenant/tenant-scope.tsx';
import { tenantStatus } from '../ui/chips/status-labels.ts';
import { Icon } from '../ui/icon.tsx';

followVersion();
whenUnreachable(reconnectNow);

/** Warns that the server cannot be reached, or has a newer version of the console. */
export function ConnectionBanner() {
  const { t } = useI18n();
  const isLost = useIsConnectionLost();
  const isOutdated = useIsOutdated();
  return (
    <div role="status">
      {isLost ? (
        <p className="banner banner-warn row">
          <Icon name="offline" size={16} />
          {t('shell.unreachable')}
          <button type="button" className="text-button" onClick={reconnectNow}>
            {t('entry.try_again')}
          </button>
        </p>
      ) : isOutdated ? (
        <p className="banner row">
          {t('shell.new_version')}
          <button type="button" className="text-button" onClick={() => location.reload()}>
            {t('shell.reload')}
          </button>
        </p>
      ) : null}
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
