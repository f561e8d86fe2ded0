import { useQuery } from '@tanstack/react-query';
import type { PermissionUsage, PermissionUsageCounts } from 'bff/contract';
import type { ApiError } from '../../core/api.ts';
import { request } from '../../core/api.ts';
import { useMe } from '../../providers/auth/session.ts';
import type { Found } from '../../providers/data/use-rows.ts';

/** Counts across tenants need tenants:read. */
export const useCanCount = () => useMe().platform.permissions.includes('tenants:read');

/** The roles that grant a permission. */
export function useUsage(code: string, enabled = true): Found<PermissionUsage> {
  const { data, error, refetch } = useQuery<PermissionUsage, ApiError>({
    queryKey: ['permission-usage', code],
    enabled,
    queryFn: ({ signal }) => request('GET', `/api/admin/permissions/${encodeURIComponent(code)}/usage`, { signal }),
  });
  return { record: data, error, retry: () => void refetch() };
}

type Counts = PermissionUsageCounts['data'][number];

/** Usage counts by permission; undefined while loading or without access. */
export function useUsageCounts(): Map<string, Counts> | undefined {
  const { data } = useQuery<PermissionUsageCounts, ApiError>({
    queryKey: ['permission-usage'],
    enabled: useCanCount(),
    queryFn: ({ signal }) => request('GET', '/api/admin/permissions/usage', { signal }),
  });
  return data && new Map(data.data.map((counts) => [counts.code, counts]));
}
