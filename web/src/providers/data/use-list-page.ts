import { useResourceParams } from '@refinedev/core';
import type { ResourceName, Row } from 'bff/contract';
import { type ListQuery, useListState } from './use-list-state.ts';
import { type Polling, useRows } from './use-rows.ts';

/** The list of a page, as `src/pages/pages.ts` describes it, with the search, filters, sorting and page that the URL names. */
export function useListPage<K extends ResourceName>({ poll }: { poll?: Polling<Row<K>> } = {}) {
  const { resource } = useResourceParams();
  const query: ListQuery = resource?.meta?.rows ?? {};
  const state = useListState(query);
  return { state, rows: useRows<K>(resource?.name ?? '', { ...query, state, poll }) };
}
