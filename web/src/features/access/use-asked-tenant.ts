import { useOne } from '@refinedev/core';
import type { Tenant, TenantDetail, UserDetail } from 'bff/contract';
import { PLATFORM_TENANT_ID } from 'bff/contract';
import type { ListState } from '../../providers/data/use-list-state.ts';

export const PLATFORM = 'platform';
export type AskedTenant = Pick<Tenant, 'id' | 'name' | 'slug' | 'status'>;

/**
 * The tenant that a question of the staff is about: the one of the URL, or the only one of the user in question. Without a user, or
 * about an event of the platform, it is the platform.
 */
export function useAskedTenant({ filters }: ListState, userId: string | undefined) {
  const { tenant: id, event } = filters;
  const user = useOne<UserDetail>({
    resource: 'users',
    id: userId ?? '',
    queryOptions: { enabled: userId !== undefined },
  });
  const isOther = id !== undefined && id !== PLATFORM_TENANT_ID;
  const named = useOne<TenantDetail>({ resource: 'tenants', id: id ?? '', queryOptions: { enabled: isOther } });
  const choices: UserDetail['memberships'][number]['tenant'][] = (user.result?.memberships ?? []).map(
    ({ tenant }) => tenant,
  );
  const only = choices.length === 1 ? choices[0] : undefined;
  const about = (tenant: typeof only) => (tenant?.kind === 'platform' ? PLATFORM : tenant);
  const isPlatform = id === PLATFORM_TENANT_ID || (!id && (!userId || event !== undefined));
  const asked: AskedTenant | typeof PLATFORM | undefined = isPlatform
    ? PLATFORM
    : isOther
      ? (choices.find((choice) => choice.id === id) ?? named.result)
      : about(only);
  const isLoading = !asked && !named.query.isError && !user.query.isError && (isOther || !user.result);
  return { asked, choices, isLoading };
}
