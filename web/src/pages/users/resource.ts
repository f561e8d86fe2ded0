import { lazyPage } from '../../ui/feedback/lazy.tsx';
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
    list: lazyPage(() => import('./list.tsx')),
    show: lazyPage(() => import('./show.tsx')),
  },
];
