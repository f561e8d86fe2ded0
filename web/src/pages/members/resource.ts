import { lazy } from 'react';
import type { PageResource } from '../page-resource.ts';

export const pages: PageResource[] = [
  {
    path: 'members',
    scope: 'tenant',
    permission: 'members:read',
    label: 'members.title',
    icon: 'members',
    order: 20,
    list: lazy(() => import('./list.tsx')),
    show: lazy(() => import('./show.tsx')),
  },
];
