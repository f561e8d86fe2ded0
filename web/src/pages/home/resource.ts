import { lazy } from 'react';
import type { PageResource } from '../page-resource.ts';

export const pages: PageResource[] = [
  {
    path: 'home',
    scope: 'tenant',
    permission: null,
    label: 'home.title',
    icon: 'home',
    order: 10,
    list: lazy(() => import('./home.tsx')),
  },
];
