import { lazyPage } from '../../ui/feedback/lazy.tsx';
import type { PageResource } from '../page-resource.ts';

export const pages: PageResource[] = [
  {
    path: 'tenants',
    name: 'tenants',
    scope: 'platform',
    permission: 'tenants:read',
    label: 'tenants.title',
    icon: 'tenants',
    order: 15,
    list: lazyPage(() => import('./list.tsx')),
    show: lazyPage(() => import('./show.tsx')),
  },
];
