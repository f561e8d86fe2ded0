import { lazyPage } from '../../ui/feedback/lazy.tsx';
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
    list: lazyPage(() => import('./list.tsx')),
    show: lazyPage(() => import('./show.tsx')),
  },
];
