import { useSearchParams } from 'react-router';

/** What a list asks for. Its filters, search, sorting and page are in the URL. */
export type ListQuery = {
  /** The names of the filters in the URL. */
  filters?: readonly string[];
  /** The order at first. */
  sort?: string;
  limit?: number;
  /** Filters of the page itself, unless the URL has another value. */
  fixed?: Record<string, string>;
};

export type ListState = {
  q: string;
  sort: string | undefined;
  cursor: string | undefined;
  filters: Record<string, string>;
  isFiltered: boolean;
  /** Changes filters, search or sorting, and returns to the first page. */
  set: (changes: Record<string, string | undefined>, how?: { replace?: boolean }) => void;
  goToPage: (cursor: string | null, how?: { replace?: boolean }) => void;
  /** Removes search and filters. */
  clear: () => void;
  /** Removes the sort order too: the plain list. */
  reset: () => void;
};

/** What the query string of a list says. */
export function listStateOf(params: URLSearchParams, { filters: names = [], sort }: ListQuery) {
  const filters = Object.fromEntries(names.map((name) => [name, params.get(name)]).filter(([, value]) => value));
  return {
    q: params.get('q') ?? '',
    sort: params.get('sort') ?? sort,
    cursor: params.get('cursor') ?? undefined,
    filters: filters as Record<string, string>,
  };
}

const without = (...names: string[]) => Object.fromEntries(names.map((name) => [name, undefined]));

/** Search, filters, sorting and page of a list, stored only in the URL. */
export function useListState(query: ListQuery = {}): ListState {
  const [params, setParams] = useSearchParams();
  const shown = listStateOf(params, query);
  const names = query.filters ?? [];

  function change(changes: Record<string, string | undefined>, replace: boolean) {
    setParams(
      (current) => {
        const next = new URLSearchParams(current);
        next.delete('cursor');
        for (const [name, value] of Object.entries(changes)) {
          if (value) next.set(name, value);
          else next.delete(name);
        }
        return next;
      },
      { replace },
    );
  }

  return {
    ...shown,
    isFiltered: shown.q !== '' || Object.keys(shown.filters).length > 0,
    set: (changes, { replace = false } = {}) => change(changes, replace),
    goToPage: (cursor, { replace = false } = {}) => change({ cursor: cursor ?? undefined }, replace),
    clear: () => change(without('q', ...names), false),
    reset: () => change(without('q', 'sort', ...names), false),
  };
}
