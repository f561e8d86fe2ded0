import { useQuery } from '@tanstack/react-query';
import type { RoleCounts } from 'bff/contract';
import type { ApiError } from '../../core/api.ts';
import { request } from '../../core/api.ts';

/** The number of users by app role, and the tenant of these roles. */
export const useRoleCounts = () =>
  useQuery<RoleCounts, ApiError>({
    queryKey: ['role-counts'],
    queryFn: ({ signal }) => request('GET', '/api/admin/role-counts', { signal }),
  });
