import './role-counts.css';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { t, wholeNumber } from '../../i18n/i18n.ts';
import { roleDescription, roleName } from '../../i18n/role-name.ts';
import { useAllRows } from '../../providers/data/use-all-rows.ts';
import type { Rows } from '../../providers/data/use-rows.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { ListSection } from '../../ui/page/list-section.tsx';

const SHOWN = 8;

type RoleBar = { id: string; name: string; description?: string; users: number; to?: string };
type Props = { title: string; note?: ReactNode; actions?: ReactNode; empty: string };

/** How many users hold each role, most first. */
export function RoleBars({
  rows: { rows, ...rest },
  ...section
}: Props & { rows: Omit<Rows<RoleBar>, 'page' | 'isFetching'> }) {
  const shown = rows?.toSorted((one, other) => other.users - one.users).slice(0, SHOWN);
  const most = Math.max(1, ...(shown ?? []).map(({ users }) => users));
  return (
    <ListSection {...section} list="role-bars" rows={{ ...rest, rows: shown }}>
      {({ id, name, description, users, to }) => (
        <li key={id}>
          <span className="clip" title={description ?? name}>
            {to ? (
              <Link className="plain-link" to={to}>
                {name}
              </Link>
            ) : (
              name
            )}
          </span>
          <span className="numeric">{wholeNumber(users)}</span>
          <span className="role-bar" aria-hidden="true" style={{ '--share': users / most } as React.CSSProperties} />
        </li>
      )}
    </ListSection>
  );
}

/** How many members hold each role of this tenant. */
export function RoleCounts({ title }: { title?: string }) {
  const scope = useTenantScope();
  const { rows, error, retry } = useAllRows<'roles'>(scope.resource('roles'), { sort: 'name' });
  const bars = rows?.map((role) => ({
    id: role.id,
    name: roleName(role),
    description: roleDescription(role),
    users: role.memberCount,
    to: scope.to(`members?roleId=${role.id}`),
  }));
  return (
    <RoleBars
      title={title ?? t('home.roles')}
      rows={{ rows: bars, error, retry }}
      empty={t('roles.empty')}
      actions={<Link to={scope.to('roles')}>{t('home.all_roles')}</Link>}
    />
  );
}
