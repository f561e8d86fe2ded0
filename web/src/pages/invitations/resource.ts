import { lazyPage } from '../../ui/feedback/lazy.tsx';
import type { PageResource } from '../page-resource.ts';

export const pages: PageResource[] = [
  {
    path: 'invitations',
    scope: 'tenant',
    permission: 'invitations:read',
    label: 'invitations.title',
    icon: 'invitations',
    order: 30,
    list: lazyPage(() => import('./list.tsx')),
    show: lazyPage(() => import('./show.tsx')),
  },
];
