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

const matrix = {
  path: 'roles/matrix',
  permission: 'roles:read',
  label: 'roles.matrix',
  icon: 'roles',
  order: 41,
  parent: 'roles',
  list: lazy(() => import('./matrix/matrix.tsx')),
} as const;

export const pages: PageResource[] = [
  { ...screens, scope: 'tenant' },
  { ...screens, scope: 'platform' },
  { ...matrix, scope: 'tenant' },
  { ...matrix, scope: 'platform' },
];
