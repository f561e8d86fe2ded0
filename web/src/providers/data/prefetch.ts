import { type BaseRecord, keys } from '@refinedev/core';
import { dataProvider } from './data-provider.ts';
import { queryClient } from './query-client.ts';
import { type ListQuery, listStateOf } from './use-list-state.ts';
import { listParams } from './use-rows.ts';

const keyOf = (resource: string) => keys().data('default').resource(resource);

/** Reads the page of a list that useListPage() will find in the cache. */
export function prefetchRows(resource: string, query: ListQuery, search: URLSearchParams) {
  const params = listParams({ ...query, state: listStateOf(search, query) });
  return queryClient.prefetchQuery({
    queryKey: keyOf(resource).action('list').params(params).get(),
    queryFn: ({ signal }) => dataProvider.getList<BaseRecord>({ resource, ...params, meta: { signal } }),
  });
}

/** Reads the record that useRecord() will find in the cache. */
export const prefetchRecord = (resource: string, id: string) =>
  queryClient.prefetchQuery({
    queryKey: keyOf(resource).action('one').id(id).params({}).get(),
    queryFn: ({ signal }) => dataProvider.getOne({ resource, id, meta: { signal } }),
  });
