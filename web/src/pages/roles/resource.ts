import { lazy } from 'react';
import type { PageResource } from '../page-resource.ts';

const screens = {
  path: 'roles',
  permission: 'roles:read',
  label: 'roles.title',
  icon: 'roles',
  order: 40,
  list: lazy(() => import('./list.tsx')),
  show: lazy(() => import('./show.tsx')),
} as const;

export const pages: PageResource[] = [
  { ...screens, place: 'tenant' },
  { ...screens, place: 'platform' },
];
