import { lazy } from 'react';
import type { PageResource } from '../page-resource.ts';

export const pages: PageResource[] = [
  {
    path: 'home',
    scope: 'platform',
    permission: null,
    label: 'platform.home',
    icon: 'home',
    order: 10,
    list: lazy(() => import('./home.tsx')),
  },
];
