import './sidebar.css';
import { Link, NavLink } from 'react-router';
import { useI18n } from '../i18n/i18n.ts';
import { pagesOf } from '../pages/registry.ts';
import type { PermissionCode } from '../providers/access/permissions.ts';
import { can } from '../providers/access/permissions.ts';
import { useMe } from '../providers/auth/session.ts';
import type { TenantScope } from '../providers/tenant/tenant-scope.tsx';
import { useOptionalScope } from '../providers/tenant/tenant-scope.tsx';
import { Icon } from '../ui/icon.tsx';
import { TenantSwitcher } from './tenant-switcher/tenant-switcher.tsx';
import { UserMenu } from './user-menu.tsx';

/** Tenant switcher, the pages the user can open, and the user menu. */
export function Sidebar() {
  const { t } = useI18n();
  const scope = useOptionalScope();
  return (
    <>
      <Link className="product" to="/">
        <img src="/mark.svg" alt="" width="22" height="22" />
        {t('app.name')}
      </Link>
      <TenantSwitcher />
      {scope ? <Navigation scope={scope} /> : <span className="navigation" />}
      <UserMenu />
    </>
  );
}

function Navigation({ scope }: { scope: TenantScope }) {
  const { t } = useI18n();
  const me = useMe();
  const canOpen = (code: PermissionCode | null | undefined) => !code || can(me, scope.tenantId, code);
  const open = pagesOf(scope.kind).filter(
    (page) => page.inNavigation !== false && canOpen(page.inNavigation) && canOpen(page.permission),
  );
  return (
    <nav className="navigation" aria-label={t('shell.navigation')}>
      <ul>
        {open.map((page) => (
          <li key={page.path}>
            <NavLink to={`${scope.base}/${page.path}`}>
              <Icon name={page.icon} />
              {t(page.label)}
            </NavLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}
