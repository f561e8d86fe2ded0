import { lazyPage } from '../../ui/feedback/lazy.tsx';
import type { PageResource } from '../page-resource.ts';

export const pages: PageResource[] = [
  {
    path: 'members',
    scope: 'tenant',
    permission: 'members:read',
    label: 'members.title',
    icon: 'members',
    order: 20,
    list: lazyPage(() => import('./list.tsx')),
    show: lazyPage(() => import('./show.tsx')),
  },
];
