import { lazy } from 'react';
import type { PageResource } from '../page-resource.ts';

const page = { scope: 'platform', permission: 'sync:read', icon: 'sync' } as const;

export const pages: PageResource[] = [
  { ...page, path: 'sync', label: 'sync.title', order: 70, list: lazy(() => import('./health.tsx')) },
  {
    ...page,
    path: 'sync/events',
    label: 'sync.tab_events',
    order: 71,
    inNavigation: false,
    list: lazy(() => import('./events/list.tsx')),
    show: lazy(() => import('./events/show.tsx')),
  },
  {
    ...page,
    path: 'sync/runs',
    label: 'sync.tab_runs',
    order: 72,
    inNavigation: false,
    list: lazy(() => import('./runs/list.tsx')),
    show: lazy(() => import('./runs/show.tsx')),
  },
  {
    ...page,
    path: 'sync/outbox',
    label: 'sync.tab_outbox',
    order: 73,
    inNavigation: false,
    list: lazy(() => import('./outbox/list.tsx')),
  },
];
