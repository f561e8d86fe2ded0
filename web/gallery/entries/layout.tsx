import '../../src/layout/sidebar.css';
import '../../src/layout/shell.css';
import { AccessBanners, ConnectionBanner } from '../../src/layout/banners.tsx';
import { Breadcrumb } from '../../src/layout/breadcrumb.tsx';
import { Notifications } from '../../src/layout/notification-list.tsx';
import { PaletteButton } from '../../src/layout/palette/palette-button.tsx';
import { TenantSwitcher } from '../../src/layout/tenant-switcher/tenant-switcher.tsx';
import { UserMenu } from '../../src/layout/user-menu.tsx';
import { notify } from '../../src/providers/notifications.ts';
import type { Entry } from '../entry.ts';
import { LONG } from '../worst-data.ts';

notify({ tone: 'bad', title: LONG, detail: LONG, requestId: '01935c00-0000-7000-8000-0000000000a1' });
notify({ tone: 'bad', title: 'Another user changed this role' });

export const layout: Entry[] = [
  { name: 'PaletteButton', states: { usual: <PaletteButton /> } },
  { name: 'TenantSwitcher', states: { usual: <TenantSwitcher /> } },
  { name: 'UserMenu', states: { usual: <UserMenu /> } },
  { name: 'Breadcrumb', states: { usual: <Breadcrumb /> } },
  {
    name: 'Banners',
    states: {
      none: (
        <>
          <ConnectionBanner />
          <AccessBanners />
        </>
      ),
    },
  },
  { name: 'Notifications', states: { failed: <Notifications /> } },
];
