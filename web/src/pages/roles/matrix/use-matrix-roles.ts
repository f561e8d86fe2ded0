import { useQuery } from '@tanstack/react-query';
import type { MatrixRole, RoleMatrix } from 'bff/contract';
import type { ApiError } from '../../../core/api.ts';
import { request } from '../../../core/api.ts';

export const matrixKey = (resource: string) => ['role-matrix', resource];

/** All roles of the scope with their permissions. */
export function useMatrixRoles(resource: string) {
  const { data, error, refetch } = useQuery<RoleMatrix, ApiError, MatrixRole[]>({
    queryKey: matrixKey(resource),
    queryFn: ({ signal }) => request('GET', `/api/admin/${resource}/matrix`, { signal }),
    select: ({ roles }) => roles,
  });
  return { roles: data, error, retry: () => void refetch() };
}
