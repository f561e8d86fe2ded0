import { lazy } from 'react';
import type { PageResource } from '../page-resource.ts';

export const pages: PageResource[] = [
  {
    path: 'permissions',
    name: 'permissions',
    scope: 'platform',
    permission: 'roles:read',
    label: 'permissions.title',
    icon: 'permissions',
    order: 50,
    list: lazy(() => import('./list.tsx')),
    show: lazy(() => import('./show.tsx')),
  },
];
