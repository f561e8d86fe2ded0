import { useQuery } from '@tanstack/react-query';
import type { Page, ResourceName, Row } from 'bff/contract';
import type { ApiError } from '../../core/api.ts';
import { request } from '../../core/api.ts';

type Wanted = { sort: string; scope?: string | undefined };
type PageOf<T> = { data: T[]; page: Page };

async function readAll<T>(resource: string, wanted: Wanted, signal: AbortSignal): Promise<T[]> {
  const all: T[] = [];
  let cursor: string | undefined;
  do {
    const query = { limit: 100, ...wanted, cursor };
    const { data, page } = await request<PageOf<T>>('GET', `/api/admin/${resource}`, { query, signal });
    all.push(...data);
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  return all;
}

/** All pages of a list, for choices among its records. */
export function useAllRows<K extends ResourceName>(resource: string, wanted: Wanted, enabled = true) {
  const { data, error, refetch } = useQuery<Row<K>[], ApiError>({
    queryKey: ['all', resource, wanted],
    queryFn: ({ signal }) => readAll(resource, wanted, signal),
    enabled,
  });
  return { rows: data, error, retry: () => void refetch() };
}
