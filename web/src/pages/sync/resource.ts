import { lazy } from 'react';
import type { PageResource } from '../page-resource.ts';

const page: Pick<PageResource, 'scope' | 'permission' | 'icon' | 'identityProviders'> = {
  scope: 'platform',
  permission: 'sync:read',
  icon: 'sync',
  // Local accounts are Rolecall's own: there is nothing to synchronize.
  identityProviders: ['clerk', 'jwt'],
};

export const pages: PageResource[] = [
  { ...page, path: 'sync', label: 'sync.title', order: 70, list: lazy(() => import('./health.tsx')) },
  {
    ...page,
    path: 'sync/events',
    name: 'webhook-events',
    label: 'sync.tab_events',
    order: 71,
    parent: 'sync',
    list: lazy(() => import('./events/list.tsx')),
    show: lazy(() => import('./events/show.tsx')),
  },
  {
    ...page,
    path: 'sync/runs',
    name: 'sync-runs',
    label: 'sync.tab_runs',
    order: 72,
    parent: 'sync',
    list: lazy(() => import('./runs/list.tsx')),
    show: lazy(() => import('./runs/show.tsx')),
  },
  {
    ...page,
    path: 'sync/outbox',
    name: 'identity-pushes',
    label: 'sync.tab_outbox',
    order: 73,
    parent: 'sync',
    list: lazy(() => import('./outbox/list.tsx')),
  },
];
