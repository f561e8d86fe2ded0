import { useCan, usePermissions } from '@refinedev/core';
import { useQuery } from '@tanstack/react-query';
import type { Tenant } from 'bff/contract';
import { PLATFORM_TENANT_ID } from 'bff/contract';
import { useDeferredValue } from 'react';
import { tenantPath } from '../../core/address.ts';
import { request } from '../../core/api.ts';
import { useFold } from '../../core/fold.ts';
import { recentSlugs } from '../../core/recent.ts';
import { uniqueById } from '../../core/unique.ts';
import { t } from '../../i18n/i18n.ts';
import type { Permissions } from '../../providers/auth/auth-provider.ts';
import { useMe } from '../../providers/auth/session.ts';

export type Choice = { id: string; name: string; to: string; note?: string | undefined };

/** The tenants to switch to: for staff the platform first, then recent ones, then the rest; staff search all tenants. */
export function useTenantChoices(q: string): Choice[] {
  const { user } = useMe();
  const { memberships = [], platform } = usePermissions<Permissions>({}).data ?? {};
  const canReadAll = useCan({ resource: 'tenants', action: 'list' }).data?.can === true;
  const fold = useFold();
  const wanted = useDeferredValue(q.trim());
  const { data } = useQuery({
    queryKey: ['tenant-choices', wanted],
    enabled: canReadAll,
    queryFn: ({ signal }) =>
      request<{ data: Tenant[] }>('GET', '/api/admin/tenants', {
        query: { q: wanted, limit: 20, sort: 'name', kind: 'customer' },
        signal,
      }),
  });
  const matches = (name: string) => fold(name).includes(fold(wanted));
  const own = memberships.filter((each) => each.kind === 'customer' && matches(each.name));
  const recent = recentSlugs(user.id);
  const rank = ({ slug }: { slug: string }) => (recent.includes(slug) ? recent.indexOf(slug) : recent.length);
  const tenants = uniqueById([
    ...own.map(({ tenantId: id, name, slug }) => ({ id, name, slug })),
    ...(data?.data ?? []),
  ])
    .sort((one, other) => rank(one) - rank(other))
    .map(({ id, name, slug }): Choice => ({ id, name, to: `${tenantPath(slug)}/home` }));
  const [name, note] = [t('shell.platform'), t('shell.platform_note')];
  const hasPlatform = (platform?.permissions.length ?? 0) > 0 && matches(name);
  return hasPlatform ? [{ id: PLATFORM_TENANT_ID, name, note, to: '/platform/home' }, ...tenants] : tenants;
}
