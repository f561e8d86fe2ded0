import { useOne } from '@refinedev/core';
import type { User } from 'bff/contract';
import { useRows } from '../../providers/data/use-rows.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';

/** A user by id: a member of the tenant, or any user on the platform. Undefined while loading, and if not readable. */
export function useKnownUser(userId: string | undefined): Pick<User, 'id' | 'name' | 'email'> | undefined {
  const scope = useTenantScope();
  const onPlatform = scope.kind === 'platform';
  const id = userId ?? '';
  const { result } = useOne<User>({
    ...{ resource: 'users', id },
    queryOptions: { enabled: id !== '' && onPlatform && scope.can('users:read') },
  });
  const { rows } = useRows<'members'>(scope.resource('members'), {
    ...{ fixed: { userId: id }, limit: 1 },
    enabled: id !== '' && !onPlatform && scope.can('members:read'),
  });
  return onPlatform ? result : rows?.[0]?.user;
}
