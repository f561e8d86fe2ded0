import { lazy } from 'react';
import type { PageResource } from '../page-resource.ts';

export const pages: PageResource[] = [
  {
    path: 'invitations',
    scope: 'tenant',
    permission: 'invitations:read',
    label: 'invitations.title',
    icon: 'invitations',
    order: 30,
    list: lazy(() => import('./list.tsx')),
    show: lazy(() => import('./show.tsx')),
  },
];
