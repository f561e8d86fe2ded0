import { useCan } from '@refinedev/core';
import { useQuery } from '@tanstack/react-query';
import type { Me, Tenant } from 'bff/contract';
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
export type ScopeState = { scope?: TenantScope | undefined; isLoading?: boolean };

const Context = createContext<ScopeState>({});

type ScopeTenant = Pick<Tenant, 'id' | 'name' | 'slug' | 'status'>;
const scopeOf = ({ id, name, slug, status }: ScopeTenant): TenantScope => ({
  kind: 'tenant',
  tenantId: id,
  name,
  slug,
  status,
  base: tenantPath(slug),
});
const PLATFORM: TenantScope = {
  kind: 'platform',
  tenantId: PLATFORM_TENANT_ID,
  name: 'Rolecall',
  slug: 'platform',
  status: 'active',
  base: '/platform',
};

const slugIn = (pathname: string) => matchPath('/t/:slug/*', pathname)?.params.slug;

/** The scope that a path names, as far as the session knows it: the staff may open any tenant. */
export function scopeAt(pathname: string, me: Me): TenantScope | undefined {
  if (matchPath('/platform/*', pathname)) return isStaff(me) ? PLATFORM : undefined;
  const slug = slugIn(pathname);
  const own = me.memberships.find((each) => each.slug === slug && each.kind === 'customer');
  return own && scopeOf({ ...own, id: own.tenantId });
}

function useAddressedScope(): ScopeState {
  const me = useMe();
  const { pathname } = useLocation();
  const slug = slugIn(pathname);
  const known = scopeAt(pathname, me);
  const found = useQuery({
    queryKey: ['tenant-by-slug', slug],
    enabled: slug !== undefined && known === undefined && isStaff(me),
    queryFn: ({ signal }) =>
      request<{ data: Tenant[] }>('GET', '/api/admin/tenants', { query: { slug, limit: 1 }, signal }),
  });
  const [tenant] = found.data?.data ?? [];
  return { scope: known ?? (tenant && scopeOf(tenant)), isLoading: found.isLoading };
}

/** Provides the scope named by the URL: a tenant or the platform. */
export function TenantScopeProvider({ children }: { children: ReactNode }) {
  const scopeState = useAddressedScope();
  const tenantId = scopeState.scope?.tenantId;
  const previous = useRef(tenantId);
  useEffect(() => {
    if (previous.current && previous.current !== tenantId) removeTenantQueries(previous.current);
    previous.current = tenantId;
  }, [tenantId]);
  return <Context value={scopeState}>{children}</Context>;
}

/** Provides the scope of another tenant to a part of a page. */
export function ScopeOf({ tenant, children }: { tenant: ScopeTenant; children: ReactNode }) {
  return <Context value={{ scope: scopeOf(tenant) }}>{children}</Context>;
}

const resourceIn = (tenantId: string, name: string) => `tenants/${tenantId}/${name}`;

export const useScopeState = () => useContext(Context);

/** The current scope; undefined while loading and outside a tenant. */
export const useOptionalScope = () => useScopeState().scope;

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
