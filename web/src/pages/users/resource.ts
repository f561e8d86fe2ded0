import { lazy } from 'react';
import type { PageResource } from '../page-resource.ts';

export const pages: PageResource[] = [
  {
    path: 'users',
    name: 'users',
    scope: 'platform',
    permission: 'users:read',
    label: 'users.title',
    icon: 'users',
    order: 25,
    list: lazy(() => import('./list.tsx')),
    show: lazy(() => import('./show.tsx')),
  },
];
