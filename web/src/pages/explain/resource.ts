import { lazyPage } from '../../ui/feedback/lazy.tsx';
import type { PageResource } from '../page-resource.ts';

const page = {
  path: 'explain',
  // All members can check their own access.
  permission: null,
  label: 'explain.title',
  icon: 'explain',
  order: 45,
  list: lazyPage(() => import('./explain.tsx')),
} as const;

export const pages: PageResource[] = [
  { ...page, scope: 'tenant' },
  { ...page, scope: 'platform' },
];
