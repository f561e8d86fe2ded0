import './sidebar.css';
import { CanAccess, useMenu } from '@refinedev/core';
import { Link, NavLink } from 'react-router';
import type { MessageKey } from '../i18n/i18n.ts';
import { t } from '../i18n/i18n.ts';
import { useMe } from '../providers/auth/session.ts';
import { TenantSwitcher } from './tenant-switcher/tenant-switcher.tsx';
import { UserMenu } from './user-menu.tsx';

/** Tenant switcher, the pages the user can open, and the user menu. */
export function Sidebar() {
  const { menuItems } = useMenu();
  const { memberships } = useMe();
  return (
    <>
      <Link className="product row" to="/">
        <img src="/mark.svg" alt="" width="22" height="22" />
        {t('app.name')}
      </Link>
      {memberships.length > 0 ? <TenantSwitcher /> : null}
      <nav className="navigation" aria-label={t('shell.navigation')}>
        <ul>
          {menuItems.map((item) => (
            <CanAccess key={item.key} resource={item.name} action="list" params={{ resource: item }}>
              <li>
                <NavLink to={item.route ?? ''} className={({ isActive }) => (isActive ? 'row active' : 'row')}>
                  {item.icon}
                  {t(item.label as MessageKey)}
                </NavLink>
              </li>
            </CanAccess>
          ))}
        </ul>
      </nav>
      <UserMenu />
    </>
  );
}
