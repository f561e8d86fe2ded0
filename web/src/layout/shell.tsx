import './shell.css';
import { useLayoutEffect, useRef, useState } from 'react';
import { Outlet, useLocation } from 'react-router';
import { useKeys } from '../core/keys.ts';
import { Boundary } from '../core/lazy.tsx';
import { t } from '../i18n/i18n.ts';
import { useLiveChanges } from '../providers/live/use-live-changes.ts';
import { useOptionalScope } from '../providers/tenant/tenant-scope.tsx';
import { PageFailure } from '../ui/feedback/lazy.tsx';
import { Icon } from '../ui/icon.tsx';
import { listKeys } from '../ui/list/keys.ts';
import { AccessBanners, ConnectionBanner } from './banners.tsx';
import { Breadcrumb } from './breadcrumb.tsx';
import { useLinkPrefetch } from './link-prefetch.ts';
import { Notifications } from './notification-list.tsx';
import { PaletteButton } from './palette/palette-button.tsx';
import { Sidebar } from './sidebar.tsx';

/** An open menu, which Escape closes before the sheet around it. */
const MENU = ':is(.ant-dropdown, .ant-popover):not([class*="-hidden"])';

/** Side navigation, breadcrumb, and the page; on a narrow screen the navigation is a sheet. */
export function Shell() {
  const { pathname } = useLocation();
  useLiveChanges();
  useLinkPrefetch();
  useKeys(listKeys);
  const isInTenant = useOptionalScope() !== undefined;
  const sheet = useRef<HTMLDialogElement>(null);
  const [hasSheet, setSheet] = useState(false);
  useLayoutEffect(() => {
    if (hasSheet) sheet.current?.showModal();
  }, [hasSheet]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: navigation closes the sheet, before the page takes the focus.
  useLayoutEffect(() => {
    if (sheet.current?.open) sheet.current.close();
  }, [pathname]);
  return (
    <div className="shell">
      <a className="skip-link" href="#content">
        {t('shell.skip')}
      </a>
      <aside className="sidebar" aria-label={t('shell.sidebar')}>
        <Sidebar />
      </aside>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the browser closes a modal dialog on Escape; the click is only on its backdrop. */}
      <dialog
        ref={sheet}
        className="sheet"
        aria-label={t('shell.navigation')}
        onClose={() => setSheet(false)}
        onClick={(event) => event.target === sheet.current && sheet.current.close()}
        onKeyDownCapture={(event) =>
          event.key === 'Escape' && sheet.current?.querySelector(MENU) && event.preventDefault()
        }
      >
        <div className="sheet-body">{hasSheet ? <Sidebar /> : null}</div>
      </dialog>
      <div className="shell-main">
        <header className="topbar row">
          <button
            type="button"
            className="icon-button"
            aria-haspopup="dialog"
            aria-label={t('shell.open_navigation')}
            onClick={() => setSheet(true)}
          >
            <Icon name="menu" />
          </button>
          <Breadcrumb />
          {isInTenant ? <PaletteButton /> : null}
        </header>
        <ConnectionBanner />
        <AccessBanners />
        <main id="content" className="content" tabIndex={-1}>
          <Boundary path={pathname} failed={(failed) => <PageFailure {...failed} />}>
            {() => <Outlet />}
          </Boundary>
        </main>
      </div>
      <Notifications />
    </div>
  );
}
