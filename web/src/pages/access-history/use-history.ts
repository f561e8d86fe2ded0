import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { AccessHolder, Page, RoleHolder } from 'bff/contract';
import type { ApiError } from '../../core/api.ts';
import { request } from '../../core/api.ts';
import type { Found, Rows } from '../../providers/data/use-rows.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';

type Query = Record<string, string | number | undefined>;
type HistoryQuestion = 'effective' | 'timeline' | 'compare' | 'event-instants' | 'holders' | 'role-holders';

function useHistoryQuery<T>(question: HistoryQuestion, query: Query, enabled: boolean) {
  const path = useTenantScope().resource(`access/${question}`);
  return useQuery<T, ApiError>({
    queryKey: [path, query],
    enabled,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => request('GET', `/api/admin/${path}`, { query, signal }),
  });
}

/** A query about the past; the last result stays while the next one loads. */
export function useHistory<T>(
  question: HistoryQuestion,
  query: Query,
  enabled = true,
): Found<T> & { isStale: boolean } {
  const { data, error, refetch, isPlaceholderData } = useHistoryQuery<T>(question, query, enabled);
  return { record: error ? undefined : data, error, retry: () => void refetch(), isStale: isPlaceholderData };
}

type ListOf<T> = { data: T[]; page: Page };

/** A page of users who held a permission or a role. */
export function useHistoryRows<T extends AccessHolder | RoleHolder>(
  question: 'holders' | 'role-holders',
  query: Query,
  enabled: boolean,
): Rows<T & { id: string }> {
  const { data, error, isFetching, refetch } = useHistoryQuery<ListOf<T>>(question, { ...query, limit: 25 }, enabled);
  const idOf = (row: T) => row.membershipId ?? `platform ${'roles' in row ? row.roles[0]?.id : ''}`;
  return {
    rows: error ? undefined : data?.data.map((row) => ({ ...row, id: idOf(row) })),
    page: data?.page,
    error,
    isFetching,
    retry: () => void refetch(),
  };
}
