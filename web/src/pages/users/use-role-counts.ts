import { useQuery } from '@tanstack/react-query';
import type { RoleCounts } from 'bff/contract';
import type { ApiError } from '../../core/api.ts';
import { request } from '../../core/api.ts';

/** How many people hold each role in the app, and which tenant's roles these are. */
export const useRoleCounts = () =>
  useQuery<RoleCounts, ApiError>({
    queryKey: ['role-counts'],
    queryFn: ({ signal }) => request('GET', '/api/admin/role-counts', { signal }),
  });
