import { isTenantUsable } from 'bff/contract';
import { whenUnreachable } from '../core/api.ts';
import { reconnectNow, useIsConnectionLost } from '../core/connection.ts';
import { followVersion, useIsOutdated } from '../core/version.ts';
import { t } from '../i18n/i18n.ts';
import { useMe } from '../providers/auth/session.ts';
import { useOptionalScope } from '../providers/tenant/tenant-scope.tsx';
import { tenantStatus } from '../ui/chips/status-labels.ts';
import { Note } from '../ui/feedback/note.tsx';
import { Icon } from '../ui/icon.tsx';

followVersion();
whenUnreachable(reconnectNow);

/** Warns that the server cannot be reached, or has a newer version of the console. */
export function ConnectionBanner() {
  const isLost = useIsConnectionLost();
  const isOutdated = useIsOutdated();
  return (
    <div role="status">
      {isLost || isOutdated ? (
        <Note
          className="banner"
          tone={isLost ? 'warn' : 'neutral'}
          showIcon={isLost}
          icon={
            <span>
              <Icon name="offline" />
            </span>
          }
          action={
            <button type="button" className="text-button" onClick={isLost ? reconnectNow : () => location.reload()}>
              {t(isLost ? 'entry.try_again' : 'shell.reload')}
            </button>
          }
        >
          {t(isLost ? 'shell.unreachable' : 'shell.new_version')}
        </Note>
      ) : null}
    </div>
  );
}

/** Says that the user is impersonated, and whether changes are allowed; that the tenant, or the own membership, is not active. */
export function AccessBanners() {
  const { user, impersonation, memberships } = useMe();
  const { tenantId, name: tenant = '', status = 'active' } = useOptionalScope() ?? {};
  const own = memberships.find((each) => each.tenantId === tenantId);
  const by = impersonation && { user: user.name, impersonator: impersonation.by.name };
  const messages = [
    by && t(impersonation.isReadOnly ? 'shell.impersonated_read_only' : 'shell.impersonated', by),
    !isTenantUsable(status)
      ? t('shell.tenant_inactive', { tenant, status: t(tenantStatus[status].label).toLowerCase() })
      : own?.membershipStatus === 'suspended' && t('live.membership_suspended', { tenant }),
  ].filter(Boolean);
  return messages.map((message) => (
    <Note key={String(message)} className="banner" tone="warn">
      {message}
    </Note>
  ));
}
