import { lazy } from 'react';
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
    list: lazy(() => import('./list.tsx')),
    show: lazy(() => import('../members/show.tsx')),
  },
  {
    path: 'invitations',
    scope: 'platform',
    permission: 'invitations:read',
    label: 'staff.invitations',
    icon: 'invitations',
    order: 30,
    list: lazy(() => import('../invitations/list.tsx')),
    show: lazy(() => import('../invitations/show.tsx')),
  },
];
