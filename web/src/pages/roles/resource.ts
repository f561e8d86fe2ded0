import { lazyPage } from '../../ui/feedback/lazy.tsx';
import type { PageResource } from '../page-resource.ts';

const screens = {
  path: 'roles',
  permission: 'roles:read',
  label: 'roles.title',
  icon: 'roles',
  order: 40,
  list: lazyPage(() => import('./list.tsx')),
  show: lazyPage(() => import('./show.tsx')),
} as const;

const matrix = {
  path: 'roles/matrix',
  permission: 'roles:read',
  label: 'roles.matrix',
  icon: 'roles',
  order: 41,
  parent: 'roles',
  list: lazyPage(() => import('./matrix/matrix.tsx')),
} as const;

export const pages: PageResource[] = [
  { ...screens, scope: 'tenant' },
  { ...screens, scope: 'platform' },
  { ...matrix, scope: 'tenant' },
  { ...matrix, scope: 'platform' },
];
