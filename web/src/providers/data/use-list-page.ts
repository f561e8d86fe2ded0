import type { ResourceName } from 'bff/contract';
import { useListState } from './use-list-state.ts';
import { useRows } from './use-rows.ts';

type Options<K extends ResourceName> = Parameters<typeof useListState>[0] &
  Omit<NonNullable<Parameters<typeof useRows<K>>[1]>, 'state'>;

/** The list of a page: its rows, and the search, filters, sorting and page that the URL names. */
export function useListPage<K extends ResourceName>(resource: string, { filters, sort, ...wanted }: Options<K>) {
  const state = useListState({ ...(filters ? { filters } : {}), ...(sort ? { sort } : {}) });
  return { state, rows: useRows<K>(resource, { ...wanted, state }) };
}
