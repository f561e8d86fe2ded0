import { useQuery } from '@tanstack/react-query';
import type { AccessExplanation, AccessHolder, Page } from 'bff/contract';
import type { ApiError } from '../../core/api.ts';
import { request } from '../../core/api.ts';
import type { Found, Rows } from '../../providers/data/use-rows.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';

/** Explains whether a user has a permission here. */
export function useExplanation(
  userId: string,
  permission: string | undefined,
  resource: string | undefined,
): Found<AccessExplanation> {
  const path = useTenantScope().resource('access/explain');
  const { data, error, refetch } = useQuery<AccessExplanation, ApiError>({
    queryKey: [path, userId, permission, resource],
    enabled: permission !== undefined,
    queryFn: ({ signal }) => request('GET', `/api/admin/${path}`, { query: { userId, permission, resource }, signal }),
  });
  return { record: data, error, retry: () => void refetch() };
}

export type HolderRow = AccessHolder & { id: string };

/** A page of users who have a permission here. */
export function useHolders(
  permission: string | undefined,
  resource: string | undefined,
  cursor: string | undefined,
): Rows<HolderRow> {
  const path = useTenantScope().resource('access/holders');
  const { data, error, isFetching, refetch } = useQuery<{ data: AccessHolder[]; page: Page }, ApiError>({
    queryKey: [path, permission, resource, cursor],
    enabled: permission !== undefined,
    queryFn: ({ signal }) =>
      request('GET', `/api/admin/${path}`, {
        query: { permission, resource, conditional: true, cursor, limit: 25 },
        signal,
      }),
  });
  return {
    rows: data?.data.map((holder) => ({ ...holder, id: holder.membershipId ?? `platform ${holder.roles[0]?.id}` })),
    page: data?.page,
    error,
    isFetching,
    retry: () => void refetch(),
  };
}
