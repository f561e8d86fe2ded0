import type { Permission, PermissionUsage } from 'bff/contract';
import { useState } from 'react';
import { Link } from 'react-router';
import { explainPath } from '../../core/explain-path.ts';
import { t } from '../../i18n/i18n.ts';
import { usePaths } from '../../providers/tenant/use-paths.ts';
import { RoleChips } from '../../ui/chips/role-chip.tsx';
import { TenantName } from '../../ui/chips/tenant-mark.tsx';
import { ListSection } from '../../ui/page/list-section.tsx';
import { useCanCount, useUsage } from './use-usage.ts';

const FIRST = 10;

/** The roles of all tenants that grant a permission, and how many users hold them. */
export function UsedBy({ permission }: { permission: Permission }) {
  const canCount = useCanCount();
  const { record: usage, error, retry } = useUsage(permission.code, canCount);
  const [all, setAll] = useState(false);
  if (!canCount) return null;
  const { data, tenants = 0 } = usage ?? {};
  const known = { n: data?.length ?? 0, all: tenants };
  return (
    <ListSection
      list="section-grid"
      title={t('permissions.roles_using')}
      note={usage ? <UsageText usage={usage} /> : undefined}
      rows={{ rows: all ? data : data?.slice(0, FIRST), error, retry }}
      empty={t('permissions.usage_none')}
      actions={
        !data || data.length <= FIRST ? null : all ? (
          <span className="muted">{data.length < tenants ? t('permissions.first_tenants', known) : null}</span>
        ) : (
          <button type="button" className="text-button" onClick={() => setAll(true)}>
            {t('permissions.all_tenants', known)}
          </button>
        )
      }
    >
      {(role) => <TenantUsage key={role.tenant.id} role={role} permission={permission} />}
    </ListSection>
  );
}

/** "12 roles in 3 tenants, assigned to 340 users. 42 owners have it too." */
export function UsageText({ usage }: { usage: Omit<PermissionUsage, 'data'> }) {
  const part = (name: 'roles' | 'tenants' | 'members') => t(`permissions.usage_${name}`, { count: usage[name] });
  const { owners: count } = usage;
  return [
    usage.roles === 0
      ? t('permissions.usage_none')
      : t('permissions.usage', { roles: part('roles'), tenants: part('tenants'), members: part('members') }),
    t('permissions.usage_owners', { count }),
  ].join(' ');
}

type UsedByProps = { role: PermissionUsage['data'][number]; permission: Permission };

function TenantUsage({ role: { tenant, roles, members }, permission: { code, retiredAt } }: UsedByProps) {
  const { home, target } = usePaths(tenant);
  const name = <TenantName id={tenant.id} name={tenant.name} />;
  return (
    <li>
      <span className="row">{home ? <Link to={home}>{name}</Link> : name}</span>
      <span className="row">
        <RoleChips roles={roles} most={4} to={(roleId) => target('role', roleId)} />
      </span>
      <span className="muted numeric">{t('permissions.usage_members', { count: members })}</span>
      {home && !retiredAt ? (
        <Link to={explainPath(home.replace(/\/home$/, ''), { permission: code, view: 'who' })}>
          {t('explain.who_has')}
        </Link>
      ) : null}
    </li>
  );
}
