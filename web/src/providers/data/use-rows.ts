import { useList } from '@refinedev/core';
import type { Page, ResourceName, Row } from 'bff/contract';
import type { ApiError } from '../../core/api.ts';
import type { ListQuery, ListState } from './use-list-state.ts';

export type Rows<T> = {
  /** Which list this is, by resource, filters and sorting, and when it was read; absent where rows never change while shown. */
  live?: { of: string; readAt: number };
  rows: T[] | undefined;
  page: Page | undefined;
  error: ApiError | null;
  isFetching: boolean;
  retry: () => void;
};

type Wanted = Omit<ListQuery, 'filters'> & { state?: Pick<ListState, 'q' | 'sort' | 'cursor' | 'filters'> };

/** Reads again after `every` milliseconds while rows are about to change, without showing that it does. */
export type Polling<T> = { while: (rows: T[]) => boolean; every: number };

/** The parameters of Refine's useList() for a page of a list. */
export function listParams({ state, fixed, limit = 25, ...wanted }: Wanted) {
  const sort = state?.sort ?? wanted.sort;
  const terms = { q: state?.q, cursor: state?.cursor, ...fixed, ...state?.filters };
  return {
    pagination: { mode: 'server' as const, currentPage: 1, pageSize: limit },
    filters: Object.entries(terms).flatMap(([field, value]) =>
      value ? [{ field, operator: 'eq' as const, value }] : [],
    ),
    sorters: sort
      ? [{ field: sort.replace(/^-/, ''), order: sort.startsWith('-') ? ('desc' as const) : ('asc' as const) }]
      : [],
  };
}

/** A page of a list. `resource` is the path below /api/admin, from useTenantScope().resource. */
export function useRows<K extends ResourceName>(
  resource: string,
  { enabled = true, poll, ...wanted }: Wanted & { enabled?: boolean; poll?: Polling<Row<K>> | undefined } = {},
): Rows<Row<K>> {
  const params = listParams(wanted);
  const { query, result } = useList<Row<K>, ApiError>({
    resource,
    ...params,
    queryOptions: {
      enabled,
      refetchInterval: ({ state: { data } }) => (poll && data && poll.while(data.data) ? poll.every : false),
    },
    // The list alone: Refine's 'auto' would also read the record of an open form again.
    liveMode: 'manual',
    onLiveEvent: () => void query.refetch(),
  });
  const isPolled = poll?.while(result.data) === true;
  return {
    live: { of: JSON.stringify([resource, params.filters, params.sorters]), readAt: query.dataUpdatedAt },
    rows: query.isSuccess ? result.data : undefined,
    page: query.isSuccess ? (result.page as Page) : undefined,
    error: query.isError ? query.error : null,
    isFetching: query.isFetching && !isPolled,
    retry: () => void query.refetch(),
  };
}

export type Found<T> = { record: T | undefined; error: ApiError | null; retry: () => void };
