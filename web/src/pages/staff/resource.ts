import { lazyPage } from '../../ui/feedback/lazy.tsx';
import type { PageResource } from '../page-resource.ts';

/** The platform is a tenant too, so its members use the pages of any tenant. */
export const pages: PageResource[] = [
  {
    path: 'staff',
    name: 'tenants/:tenantId/members',
    scope: 'platform',
    permission: 'members:read',
    label: 'staff.title',
    icon: 'staff',
    order: 20,
    list: lazyPage(() => import('../members/list.tsx')),
    show: lazyPage(() => import('../members/show.tsx')),
  },
  {
    path: 'invitations',
    scope: 'platform',
    permission: 'invitations:read',
    label: 'staff.invitations',
    icon: 'invitations',
    order: 30,
    list: lazyPage(() => import('../invitations/list.tsx')),
    show: lazyPage(() => import('../invitations/show.tsx')),
  },
];
