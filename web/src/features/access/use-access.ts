import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { AccessHolder, Page, RoleHolder } from 'bff/contract';
import type { ApiError } from '../../core/api.ts';
import { request } from '../../core/api.ts';
import type { Found, Rows } from '../../providers/data/use-rows.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';

type Query = Record<string, string | number | boolean | undefined>;
type Question = 'explain' | 'effective' | 'timeline' | 'compare' | 'event-instants' | 'holders' | 'role-holders';

function useAccessQuery<T>(question: Question, query: Query, enabled: boolean) {
  const path = useTenantScope().resource(`access/${question}`);
  return useQuery<T, ApiError>({
    queryKey: [path, query],
    enabled,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => request('GET', `/api/admin/${path}`, { query, signal }),
  });
}

/** The answer to a question about access; the last one stays while the next one loads. */
export function useAccess<T>(question: Question, query: Query, enabled = true): Found<T> & { isStale: boolean } {
  const { data, error, refetch, isPlaceholderData } = useAccessQuery<T>(question, query, enabled);
  return { record: error ? undefined : data, error, retry: () => void refetch(), isStale: isPlaceholderData };
}

type Holder = AccessHolder | RoleHolder;
const idOf = (row: Holder) => row.membershipId ?? `platform ${'roles' in row ? row.roles[0]?.id : ''}`;

/** A page of the users who have, or had, a permission or a role. */
export function useHolders<T extends Holder>(
  question: 'holders' | 'role-holders',
  query: Query,
  enabled: boolean,
): Rows<T & { id: string }> {
  const found = useAccessQuery<{ data: T[]; page: Page }>(question, { ...query, limit: 25 }, enabled);
  const { data, error, isFetching, refetch } = found;
  return {
    rows: error ? undefined : data?.data.map((row) => ({ ...row, id: idOf(row) })),
    page: data?.page,
    error,
    isFetching,
    retry: () => void refetch(),
  };
}

/** Rows that came with an answer, for a list. */
export const loadedRows = <T>(rows: T[], page: Page): Rows<T> => ({
  rows,
  page,
  error: null,
  isFetching: false,
  retry: () => {},
});
