import { lazy } from 'react';
import type { PageResource } from '../page-resource.ts';

export const pages: PageResource[] = [
  {
    path: 'tenants',
    name: 'tenants',
    scope: 'platform',
    permission: 'tenants:read',
    label: 'tenants.title',
    icon: 'tenants',
    order: 15,
    list: lazy(() => import('./list.tsx')),
    show: lazy(() => import('./show.tsx')),
  },
];
