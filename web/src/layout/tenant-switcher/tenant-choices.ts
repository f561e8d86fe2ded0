import { useCan, usePermissions } from '@refinedev/core';
import { useQuery } from '@tanstack/react-query';
import type { Tenant } from 'bff/contract';
import { PLATFORM_TENANT_ID } from 'bff/contract';
import { useDeferredValue } from 'react';
import { tenantPath } from '../../core/address.ts';
import { request } from '../../core/api.ts';
import { useFold } from '../../core/fold.ts';
import { t } from '../../i18n/i18n.ts';
import { type Permissions, useMe } from '../../providers/auth/session.ts';
import { recentSlugs } from '../../providers/tenant/recent-tenants.ts';

export type Choice = { id: string; name: string; to: string; note?: string | undefined };

const choiceOf = (id: string, name: string, slug: string): Choice => ({
  id,
  name,
  to: `${tenantPath(slug)}/home`,
});

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
  const rank = (slug: string) => (recent.includes(slug) ? recent.indexOf(slug) : recent.length);
  const found = [
    ...own.map((each) => ({ id: each.tenantId, name: each.name, slug: each.slug })),
    ...(data?.data ?? []),
  ].filter((each, at, all) => all.findIndex((other) => other.id === each.id) === at);
  found.sort((one, other) => rank(one.slug) - rank(other.slug));
  const choice = {
    id: PLATFORM_TENANT_ID,
    name: t('shell.platform'),
    to: '/platform/home',
    note: t('shell.platform_note'),
  };
  return [
    ...(platform?.permissions.length && matches(choice.name) ? [choice] : []),
    ...found.map((each) => choiceOf(each.id, each.name, each.slug)),
  ];
}
