import { lazyPage } from '../../ui/feedback/lazy.tsx';
import type { PageResource } from '../page-resource.ts';

const screens = {
  path: 'audit',
  label: 'audit.title',
  icon: 'audit',
  order: 60,
  list: lazyPage(() => import('./list.tsx')),
  show: lazyPage(() => import('./show.tsx')),
} as const;

export const pages: PageResource[] = [
  { ...screens, name: 'tenants/:tenantId/audit-logs', scope: 'tenant', permission: 'audit:read' },
  { ...screens, name: 'audit-logs', scope: 'platform', permission: 'audit:read-all' },
];
