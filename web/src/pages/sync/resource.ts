import { lazyPage } from '../../ui/feedback/lazy.tsx';
import type { PageResource } from '../page-resource.ts';

const page: Pick<PageResource, 'scope' | 'permission' | 'icon' | 'identityProviders'> = {
  scope: 'platform',
  permission: 'sync:read',
  icon: 'sync',
  // Local accounts are Rolecall's own, and the issuer of a token has no directory: there is nothing to synchronize.
  identityProviders: ['clerk'],
};

const child = { ...page, parent: 'sync' };

export const pages: PageResource[] = [
  { ...page, path: 'sync', label: 'sync.title', order: 70, list: lazyPage(() => import('./health.tsx')) },
  {
    ...child,
    path: 'sync/events',
    name: 'webhook-events',
    label: 'sync.tab_events',
    order: 71,
    list: lazyPage(() => import('./events/list.tsx')),
    show: lazyPage(() => import('./events/show.tsx')),
  },
  {
    ...child,
    path: 'sync/runs',
    name: 'sync-runs',
    label: 'sync.tab_runs',
    order: 72,
    list: lazyPage(() => import('./runs/list.tsx')),
    show: lazyPage(() => import('./runs/show.tsx')),
  },
  {
    ...child,
    path: 'sync/outbox',
    name: 'identity-pushes',
    label: 'sync.tab_outbox',
    order: 73,
    list: lazyPage(() => import('./outbox/list.tsx')),
  },
];
