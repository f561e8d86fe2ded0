import { lazyPage } from '../../ui/feedback/lazy.tsx';
import type { PageResource } from '../page-resource.ts';

export const pages: PageResource[] = [
  {
    path: 'home',
    scope: 'tenant',
    permission: null,
    label: 'home.title',
    icon: 'home',
    order: 10,
    list: lazyPage(() => import('./home.tsx')),
  },
];
