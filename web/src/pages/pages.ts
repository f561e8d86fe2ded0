import type { ListQuery } from '../providers/data/use-list-state.ts';
import { lazyPage } from '../ui/feedback/lazy.tsx';
import type { PageResource } from './page-resource.ts';

type Page = Omit<PageResource, 'scope'> & { scopes: PageResource['scope'][] };

const sync = {
  scopes: ['platform'],
  permission: 'sync:read',
  icon: 'sync',
  // Local accounts are Rolecall's own, and the issuer of a token has no directory: there is nothing to synchronize.
  identityProviders: ['clerk'],
} satisfies Partial<Page>;

const events: ListQuery = {
  filters: [
    ...['actorId', 'impersonatorId', 'subjectId', 'targetId', 'requestId'],
    ...['action', 'outcome', 'createdAt[gte]', 'createdAt[lte]'],
  ],
  sort: '-createdAt',
};

/** Every page of the console, in the order of the side navigation. */
const table: Page[] = [
  {
    scopes: ['tenant'],
    path: 'home',
    permission: null,
    label: 'home.title',
    icon: 'home',
    list: lazyPage(() => import('./home/home.tsx')),
  },
  {
    scopes: ['platform'],
    path: 'home',
    permission: null,
    label: 'platform.home',
    icon: 'home',
    list: lazyPage(() => import('./platform-home/home.tsx')),
  },
  {
    scopes: ['platform'],
    path: 'tenants',
    name: 'tenants',
    permission: 'tenants:read',
    label: 'tenants.title',
    icon: 'tenants',
    list: lazyPage(() => import('./tenants/list.tsx')),
    rows: { filters: ['status', 'ownerless'], sort: 'name', fixed: { kind: 'customer' } },
    show: lazyPage(() => import('./tenants/show.tsx')),
  },
  {
    scopes: ['tenant'],
    path: 'members',
    permission: 'members:read',
    label: 'members.title',
    icon: 'members',
    list: lazyPage(() => import('./members/list.tsx')),
    rows: { filters: ['status', 'roleId', 'endsBefore'], sort: 'name' },
    show: lazyPage(() => import('./members/show.tsx')),
  },
  {
    // The platform is a tenant too, so its members use the pages of any tenant.
    scopes: ['platform'],
    path: 'staff',
    name: 'tenants/:tenantId/members',
    permission: 'members:read',
    label: 'staff.title',
    icon: 'staff',
    list: lazyPage(() => import('./members/list.tsx')),
    rows: { filters: ['status', 'roleId', 'endsBefore'], sort: 'name' },
    show: lazyPage(() => import('./members/show.tsx')),
  },
  {
    scopes: ['platform'],
    path: 'users',
    name: 'users',
    permission: 'users:read',
    label: 'users.title',
    icon: 'users',
    list: lazyPage(() => import('./users/list.tsx')),
    rows: { filters: ['banned', 'deleted'], sort: 'name' },
    show: lazyPage(() => import('./users/show.tsx')),
  },
  {
    scopes: ['tenant', 'platform'],
    path: 'invitations',
    permission: 'invitations:read',
    label: 'invitations.title',
    icon: 'invitations',
    list: lazyPage(() => import('./invitations/list.tsx')),
    rows: { filters: ['status'], sort: '-createdAt' },
    show: lazyPage(() => import('./invitations/show.tsx')),
  },
  {
    scopes: ['tenant', 'platform'],
    path: 'roles',
    permission: 'roles:read',
    label: 'roles.title',
    icon: 'roles',
    list: lazyPage(() => import('./roles/list.tsx')),
    rows: { filters: ['isSystem'], sort: 'name', limit: 50 },
    show: lazyPage(() => import('./roles/show.tsx')),
  },
  {
    scopes: ['tenant', 'platform'],
    path: 'roles/matrix',
    parent: 'roles',
    permission: 'roles:read',
    label: 'roles.matrix',
    icon: 'roles',
    list: lazyPage(() => import('./roles/matrix/matrix.tsx')),
  },
  {
    // All members can check their own access.
    scopes: ['tenant', 'platform'],
    path: 'explain',
    permission: null,
    label: 'explain.title',
    icon: 'explain',
    list: lazyPage(() => import('./explain/explain.tsx')),
  },
  {
    scopes: ['tenant', 'platform'],
    path: 'access-history',
    permission: 'access:explain',
    label: 'access_history.title',
    icon: 'history',
    list: lazyPage(() => import('./access-history/access-history.tsx')),
  },
  {
    scopes: ['platform'],
    path: 'permissions',
    name: 'permissions',
    permission: 'roles:read',
    label: 'permissions.title',
    icon: 'permissions',
    list: lazyPage(() => import('./permissions/list.tsx')),
    rows: { filters: ['scope', 'isSystem', 'retired'], sort: 'code', limit: 100, fixed: { retired: 'false' } },
    show: lazyPage(() => import('./permissions/show.tsx')),
  },
  {
    // A tenant's keys check access in that tenant, the platform's in all.
    scopes: ['tenant', 'platform'],
    path: 'api-keys',
    permission: 'api-keys:read',
    label: 'api_keys.title',
    icon: 'code',
    list: lazyPage(() => import('./api-keys/list.tsx')),
    rows: { filters: ['status'], sort: '-createdAt' },
  },
  {
    scopes: ['tenant'],
    path: 'audit',
    name: 'tenants/:tenantId/audit-logs',
    permission: 'audit:read',
    label: 'audit.title',
    icon: 'audit',
    list: lazyPage(() => import('./audit/list.tsx')),
    rows: events,
    show: lazyPage(() => import('./audit/show.tsx')),
  },
  {
    scopes: ['platform'],
    path: 'audit',
    name: 'audit-logs',
    permission: 'audit:read-all',
    label: 'audit.title',
    icon: 'audit',
    list: lazyPage(() => import('./audit/list.tsx')),
    rows: events,
    show: lazyPage(() => import('./audit/show.tsx')),
  },
  {
    ...sync,
    path: 'sync',
    label: 'sync.title',
    list: lazyPage(() => import('./sync/health.tsx')),
  },
  {
    ...sync,
    path: 'sync/events',
    name: 'webhook-events',
    parent: 'sync',
    label: 'sync.tab_events',
    list: lazyPage(() => import('./sync/events/list.tsx')),
    rows: { filters: ['status', 'type', 'objectId', 'receivedAt[gte]', 'receivedAt[lte]'], sort: '-receivedAt' },
    show: lazyPage(() => import('./sync/events/show.tsx')),
  },
  {
    ...sync,
    path: 'sync/runs',
    name: 'sync-runs',
    parent: 'sync',
    label: 'sync.tab_runs',
    list: lazyPage(() => import('./sync/runs/list.tsx')),
    rows: { filters: ['status', 'kind'], sort: '-startedAt' },
    show: lazyPage(() => import('./sync/runs/show.tsx')),
  },
  {
    ...sync,
    path: 'sync/outbox',
    name: 'identity-pushes',
    parent: 'sync',
    label: 'sync.tab_outbox',
    list: lazyPage(() => import('./sync/outbox/list.tsx')),
    rows: { filters: ['status', 'userId'], sort: '-requestedAt' },
  },
];

export const pages: PageResource[] = table.flatMap(({ scopes, ...page }) =>
  scopes.map((scope) => ({ ...page, scope })),
);
