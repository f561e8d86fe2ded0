import { lazyPage } from '../../ui/feedback/lazy.tsx';
import type { PageResource } from '../page-resource.ts';

const page = {
  path: 'api-keys',
  permission: 'api-keys:read',
  label: 'api_keys.title',
  icon: 'code',
  order: 55,
  list: lazyPage(() => import('./list.tsx')),
} as const;

/** A tenant's keys check access in that tenant, the platform's in all. */
export const pages: PageResource[] = [
  { ...page, scope: 'tenant' },
  { ...page, scope: 'platform' },
];
