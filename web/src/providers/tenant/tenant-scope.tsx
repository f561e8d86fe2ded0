import { useQuery } from '@tanstack/react-query';
import type { Tenant } from 'bff/contract';
import { PLATFORM_TENANT_ID } from 'bff/contract';
import type { ReactNode } from 'react';
import { createContext, useContext, useEffect, useRef } from 'react';
import { matchPath, useLocation } from 'react-router';
import { request } from '../../core/api.ts';
import type { PermissionCode, Verdict } from '../access/permissions.ts';
import { isStaff, mayI } from '../access/permissions.ts';
import { useMe } from '../auth/session.ts';
import { forgetTenant } from '../data/query-client.ts';

export type Place = {
  kind: 'tenant' | 'platform';
  /** The platform is a tenant too: its members are the staff. */
  tenantId: string;
  name: string;
  slug: string;
  status: Tenant['status'];
  /** What stands before every path of this place: /t/acme or /platform. */
  base: string;
};
export type Whereabouts = { state: 'ready'; place: Place } | { state: 'loading' | 'missing' | 'nowhere' };

const Context = createContext<Whereabouts>({ state: 'nowhere' });

function useAddressedPlace(): Whereabouts {
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
      place: { kind, name, status, tenantId: PLATFORM_TENANT_ID, slug: kind, base: '/platform' },
    };
  }
  if (slug === undefined) return { state: 'nowhere' };
  const base = `/t/${encodeURIComponent(slug)}`;
  if (own) {
    const { tenantId, name, status } = own;
    return { state: 'ready', place: { kind: 'tenant', tenantId, name, slug, status, base } };
  }
  if (found.isPending && found.fetchStatus !== 'idle') return { state: 'loading' };
  const tenant = found.data?.data[0];
  if (!tenant) return { state: 'missing' };
  const { id: tenantId, name, status } = tenant;
  return { state: 'ready', place: { kind: 'tenant', tenantId, name, slug, status, base } };
}

/** Works out from the address which tenant (or the platform) the person is in. */
export function PlaceProvider({ children }: { children: ReactNode }) {
  const whereabouts = useAddressedPlace();
  const tenantId = whereabouts.state === 'ready' ? whereabouts.place.tenantId : undefined;
  const previous = useRef(tenantId);
  useEffect(() => {
    if (previous.current && previous.current !== tenantId) forgetTenant(previous.current);
    previous.current = tenantId;
  }, [tenantId]);
  return <Context value={whereabouts}>{children}</Context>;
}

export const useWhereabouts = () => useContext(Context);

/** Where we are; only for pages inside a tenant or the platform. */
export function usePlace() {
  const me = useMe();
  const whereabouts = useWhereabouts();
  if (whereabouts.state !== 'ready') throw new Error('This page is inside no tenant.');
  const { place } = whereabouts;
  return {
    ...place,
    /** The data provider's name for a resource of this tenant: tenants/<id>/members. */
    resource: (name: string) => `tenants/${place.tenantId}/${name}`,
    /** An address inside this tenant (or the platform, where the members are called staff). */
    to: (path: string) =>
      `${place.base}/${place.kind === 'platform' ? path.replace(/^members(?=\/|\?|$)/, 'staff') : path}`,
    may: (code: PermissionCode) => mayI(me, place.tenantId, code),
  };
}

/** May I do this here? Synchronous, with the reason when not. */
export function usePermission(code: PermissionCode): Verdict {
  const me = useMe();
  const whereabouts = useWhereabouts();
  return mayI(me, whereabouts.state === 'ready' ? whereabouts.place.tenantId : undefined, code);
}
