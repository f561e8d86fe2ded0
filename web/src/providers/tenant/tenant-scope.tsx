import { useCan } from '@refinedev/core';
import { useQuery } from '@tanstack/react-query';
import type { Tenant } from 'bff/contract';
import { PLATFORM_TENANT_ID, partsOfCode } from 'bff/contract';
import type { ReactNode } from 'react';
import { createContext, useContext, useEffect, useRef } from 'react';
import { matchPath, useLocation } from 'react-router';
import { tenantPath } from '../../core/address.ts';
import { request } from '../../core/api.ts';
import type { PermissionCheck, PermissionCode } from '../access/permissions.ts';
import { can, isStaff } from '../access/permissions.ts';
import { useMe } from '../auth/session.ts';
import { removeTenantQueries } from '../data/query-client.ts';

export type TenantScope = {
  kind: 'tenant' | 'platform';
  /** The platform is a tenant too: its members are the staff. */
  tenantId: string;
  name: string;
  slug: string;
  status: Tenant['status'];
  /** The prefix of all paths in this scope: /t/acme or /platform. */
  base: string;
};
export type ScopeState = { state: 'ready'; scope: TenantScope } | { state: 'loading' | 'missing' | 'none' };

const Context = createContext<ScopeState>({ state: 'none' });

function useAddressedScope(): ScopeState {
  const me = useMe();
  const { pathname } = useLocation();
  const slug = matchPath('/t/:slug/*', pathname)?.params.slug;
  const onPlatform = matchPath('/platform/*', pathname) !== null;
  const own = me.memberships.find((each) => each.slug === slug && each.kind === 'customer');
  const found = useQuery({
    queryKey: ['tenant-by-slug', slug],
    enabled: slug !== undefined && own === undefined && isStaff(me),
    queryFn: ({ signal }) =>
      request<{ data: Tenant[] }>('GET', '/api/admin/tenants', { query: { slug, limit: 1 }, signal }),
  });
  if (onPlatform) {
    const [kind, name, status] = ['platform', 'Rolecall', 'active'] as const;
    if (!isStaff(me)) return { state: 'missing' };
    return {
      state: 'ready',
      scope: { kind, name, status, tenantId: PLATFORM_TENANT_ID, slug: kind, base: '/platform' },
    };
  }
  if (slug === undefined) return { state: 'none' };
  const base = tenantPath(slug);
  if (own) {
    const { tenantId, name, status } = own;
    return { state: 'ready', scope: { kind: 'tenant', tenantId, name, slug, status, base } };
  }
  if (found.isPending && found.fetchStatus !== 'idle') return { state: 'loading' };
  const tenant = found.data?.data[0];
  if (!tenant) return { state: 'missing' };
  const { id: tenantId, name, status } = tenant;
  return { state: 'ready', scope: { kind: 'tenant', tenantId, name, slug, status, base } };
}

/** Provides the scope named by the URL: a tenant or the platform. */
export function TenantScopeProvider({ children }: { children: ReactNode }) {
  const scopeState = useAddressedScope();
  const tenantId = scopeState.state === 'ready' ? scopeState.scope.tenantId : undefined;
  const previous = useRef(tenantId);
  useEffect(() => {
    if (previous.current && previous.current !== tenantId) removeTenantQueries(previous.current);
    previous.current = tenantId;
  }, [tenantId]);
  return <Context value={scopeState}>{children}</Context>;
}

type ScopeTenant = Pick<Tenant, 'id' | 'name' | 'slug' | 'status'>;

/** Provides the scope of another tenant to a part of a page. */
export function ScopeOf({ tenant, children }: { tenant: ScopeTenant; children: ReactNode }) {
  const { id: tenantId, name, slug, status } = tenant;
  const scope = { kind: 'tenant' as const, tenantId, name, slug, status, base: tenantPath(slug) };
  return <Context value={{ state: 'ready', scope }}>{children}</Context>;
}

const resourceIn = (tenantId: string, name: string) => `tenants/${tenantId}/${name}`;

export const useScopeState = () => useContext(Context);

/** The current scope; undefined while loading and outside a tenant. */
export function useOptionalScope(): TenantScope | undefined {
  const scopeState = useScopeState();
  return scopeState.state === 'ready' ? scopeState.scope : undefined;
}

/** The current scope; only for pages inside a tenant or the platform. */
export function useTenantScope() {
  const me = useMe();
  const scope = useOptionalScope();
  if (!scope) throw new Error('useTenantScope() needs a page inside a tenant or the platform');
  return {
    ...scope,
    /** The data provider's name for a resource of this tenant: tenants/<id>/members. */
    resource: (name: string) => resourceIn(scope.tenantId, name),
    /** Returns a path in this scope; on the platform, members are under /staff. */
    to: (path: string) =>
      `${scope.base}/${scope.kind === 'platform' ? path.replace(/^members(?=\/|\?|$)/, 'staff') : path}`,
    can: (code: PermissionCode) => can(me, scope.tenantId, code),
  };
}

/** Refine's useCan() for a permission in the current scope, with the reason if denied. */
export function usePermission(code: PermissionCode): PermissionCheck {
  const scope = useOptionalScope();
  const { resource, action } = partsOfCode(code);
  const { data } = useCan({ resource: scope ? resourceIn(scope.tenantId, resource) : resource, action });
  return data ?? { can: false };
}
