import { useList } from '@refinedev/core';
import type { Page, ResourceName, Row } from 'bff/contract';
import type { ApiError } from '../../core/api.ts';
import type { ListState } from './use-list-state.ts';

export type Rows<T> = {
  /** Which list this is, by resource, filters and sorting, and when it was read; absent where rows never change while shown. */
  live?: { of: string; readAt: number };
  rows: T[] | undefined;
  page: Page | undefined;
  error: ApiError | null;
  isFetching: boolean;
  retry: () => void;
};

type Wanted = {
  state?: Pick<ListState, 'q' | 'sort' | 'cursor' | 'filters'>;
  /** Filters set by the page, not by the URL. */
  fixed?: Record<string, string>;
  sort?: string;
  limit?: number;
  enabled?: boolean;
};

/** Reads again after `every` milliseconds while rows are about to change, without showing that it does. */
type Polling<T> = { while: (rows: T[]) => boolean; every: number };

/** A page of a list. `resource` is the path below /api/admin, from useTenantScope().resource. */
export function useRows<K extends ResourceName>(
  resource: string,
  wanted: Wanted & { poll?: Polling<Row<K>> } = {},
): Rows<Row<K>> {
  const { state, fixed = {}, limit = 25, enabled = true, poll } = wanted;
  const sort = state?.sort ?? wanted.sort;
  const terms = { ...state?.filters, q: state?.q, cursor: state?.cursor, ...fixed };
  const filters = Object.entries(terms).flatMap(([field, value]) =>
    value ? [{ field, operator: 'eq' as const, value }] : [],
  );
  const { query, result } = useList<Row<K>, ApiError>({
    resource,
    pagination: { mode: 'server', currentPage: 1, pageSize: limit },
    filters,
    sorters: sort ? [{ field: sort.replace(/^-/, ''), order: sort.startsWith('-') ? 'desc' : 'asc' }] : [],
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
    live: { of: JSON.stringify([resource, filters, sort]), readAt: query.dataUpdatedAt },
    rows: query.isSuccess ? result.data : undefined,
    page: query.isSuccess ? (result.page as Page) : undefined,
    error: query.isError ? query.error : null,
    isFetching: query.isFetching && !isPolled,
    retry: () => void query.refetch(),
  };
}

export type Found<T> = { record: T | undefined; error: ApiError | null; retry: () => void };
