import './sidebar.css';
import { Link, NavLink } from 'react-router';
import { useI18n } from '../i18n/i18n.ts';
import { pagesOf } from '../pages/registry.ts';
import type { PermissionCode } from '../providers/access/permissions.ts';
import { mayI } from '../providers/access/permissions.ts';
import { useMe } from '../providers/auth/session.ts';
import type { Place } from '../providers/tenant/tenant-scope.tsx';
import { useWhereabouts } from '../providers/tenant/tenant-scope.tsx';
import { Icon } from '../ui/icon.tsx';
import { TenantSwitcher } from './tenant-switcher/tenant-switcher.tsx';
import { PersonMenu } from './user-menu.tsx';

/** Where we are, the pages one may open there and no others, and the person. */
export function Sidebar() {
  const { t } = useI18n();
  const whereabouts = useWhereabouts();
  return (
    <>
      <Link className="product" to="/">
        <img src="/mark.svg" alt="" width="22" height="22" />
        {t('app.name')}
      </Link>
      <TenantSwitcher />
      {whereabouts.state === 'ready' ? <Navigation place={whereabouts.place} /> : <span className="navigation" />}
      <PersonMenu />
    </>
  );
}

function Navigation({ place }: { place: Place }) {
  const { t } = useI18n();
  const me = useMe();
  const may = (code: PermissionCode | null | undefined) => !code || mayI(me, place.tenantId, code).can;
  const open = pagesOf(place.kind).filter(
    (page) => page.inNavigation !== false && may(page.inNavigation) && may(page.permission),
  );
  return (
    <nav className="navigation" aria-label={t('shell.navigation')}>
      <ul>
        {open.map((page) => (
          <li key={page.path}>
            <NavLink to={`${place.base}/${page.path}`}>
              <Icon name={page.icon} />
              {t(page.label)}
            </NavLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}
