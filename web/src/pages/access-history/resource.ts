import { lazyPage } from '../../ui/feedback/lazy.tsx';
import type { PageResource } from '../page-resource.ts';

const page = {
  path: 'access-history',
  permission: 'access:explain',
  label: 'access_history.title',
  icon: 'history',
  order: 46,
  list: lazyPage(() => import('./access-history.tsx')),
} as const;

export const pages: PageResource[] = [
  { ...page, scope: 'tenant' },
  { ...page, scope: 'platform' },
];
