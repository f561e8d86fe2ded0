import { useQuery } from '@tanstack/react-query';
import type { PermissionUsage, PermissionUsageCounts } from 'bff/contract';
import type { ApiError } from '../../core/api.ts';
import { request } from '../../core/api.ts';
import { useMe } from '../../providers/auth/session.ts';

/** Counting across tenants is for who may see the tenants. */
export const useCanCount = () => useMe().platform.permissions.includes('tenants:read');

/** Who carries one permission. */
export function useUsage(code: string, enabled = true) {
  const { data, error, refetch } = useQuery<PermissionUsage, ApiError>({
    queryKey: ['permission-usage', code],
    enabled,
    queryFn: ({ signal }) => request('GET', `/api/admin/permissions/${encodeURIComponent(code)}/usage`, { signal }),
  });
  return { usage: data, error, retry: () => void refetch() };
}

type Counts = PermissionUsageCounts['data'][number];

/** How many carry each permission; undefined while that is being counted, or where the reader may not know. */
export function useUsageCounts(): Map<string, Counts> | undefined {
  const { data } = useQuery<PermissionUsageCounts, ApiError>({
    queryKey: ['permission-usage'],
    enabled: useCanCount(),
    queryFn: ({ signal }) => request('GET', '/api/admin/permissions/usage', { signal }),
  });
  return data && new Map(data.data.map((counts) => [counts.code, counts]));
}
