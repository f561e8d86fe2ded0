import type { Permission, PermissionUsage } from 'bff/contract';
import { useState } from 'react';
import { Link } from 'react-router';
import { explainPath } from '../../core/explain-path.ts';
import { wholeNumber } from '../../i18n/format.ts';
import { useI18n } from '../../i18n/i18n.ts';
import { usePaths } from '../../providers/tenant/use-paths.ts';
import { RoleChip } from '../../ui/chips/role-chip.tsx';
import { TenantName } from '../../ui/chips/tenant-mark.tsx';
import { ErrorState } from '../../ui/feedback/error-state.tsx';
import { ListSkeleton } from '../../ui/feedback/skeleton.tsx';
import { Section } from '../../ui/page/section.tsx';
import { useCanCount, useUsage } from './use-usage.ts';

const FIRST = 10;
const ROLES = 4;

/** The roles of all tenants that grant a permission, and how many users hold them. */
export function UsedBy({ permission }: { permission: Permission }) {
  const { t } = useI18n();
  const canCount = useCanCount();
  const { usage, error, retry } = useUsage(permission.code, canCount);
  const [all, setAll] = useState(false);
  if (!canCount) return null;
  const shown = all ? usage?.data : usage?.data.slice(0, FIRST);
  return (
    <Section title={t('permissions.roles_using')} note={usage ? <UsageText usage={usage} /> : undefined}>
      {error ? <ErrorState error={error} onRetry={retry} /> : null}
      {!usage && !error ? <ListSkeleton rows={3} columns={2} /> : null}
      {usage?.tenants === 0 ? <p className="empty-muted muted">{t('permissions.unused')}</p> : null}
      <ul className="used-by">
        {shown?.map((role) => (
          <TenantUsage key={role.tenant.id} role={role} permission={permission} />
        ))}
      </ul>
      {usage && !all && usage.data.length > FIRST ? (
        <button type="button" className="text-button" onClick={() => setAll(true)}>
          {t('permissions.all_tenants', { n: wholeNumber(usage.data.length) })}
        </button>
      ) : null}
      {all && usage && usage.data.length < usage.tenants ? (
        <p className="muted">
          {t('permissions.first_tenants', { n: wholeNumber(usage.data.length), all: wholeNumber(usage.tenants) })}
        </p>
      ) : null}
    </Section>
  );
}

/** "12 roles in 3 tenants; 340 users hold one of them." */
export function UsageText({ usage }: { usage: Pick<PermissionUsage, 'roles' | 'tenants' | 'members'> }) {
  const { t } = useI18n();
  if (usage.roles === 0) return t('permissions.usage_none');
  const part = (name: 'roles' | 'tenants' | 'members') =>
    t(`permissions.usage_${name}`, { count: usage[name], n: wholeNumber(usage[name]) });
  return t('permissions.usage', { roles: part('roles'), tenants: part('tenants'), members: part('members') });
}

type UsedByProps = { role: PermissionUsage['data'][number]; permission: Permission };

function TenantUsage({ role: { tenant, roles, members }, permission }: UsedByProps) {
  const { t } = useI18n();
  const paths = usePaths(tenant);
  const { home } = paths;
  const name = <TenantName id={tenant.id} name={tenant.name} />;
  const who = home ? explainPath(home.replace(/\/home$/, ''), { permission: permission.code, view: 'who' }) : undefined;
  return (
    <li>
      <span className="used-by-tenant">{home ? <Link to={home}>{name}</Link> : name}</span>
      <span className="used-by-roles">
        {roles.slice(0, ROLES).map((role) => (
          <RoleChip key={role.id} role={role} to={paths.target('role', role.id)} />
        ))}
        {roles.length > ROLES ? (
          <span
            className="muted"
            title={roles
              .slice(ROLES)
              .map((role) => role.name)
              .join(', ')}
          >
            {t('role.more', { count: roles.length - ROLES })}
          </span>
        ) : null}
      </span>
      <span className="muted numeric">
        {t('permissions.usage_members', { count: members, n: wholeNumber(members) })}
      </span>
      {who && !permission.retiredAt ? <Link to={who}>{t('explain.who_has')}</Link> : <span />}
    </li>
  );
}
