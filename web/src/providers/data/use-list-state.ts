import { useSearchParams } from 'react-router';

type Options = { filters?: readonly string[]; sort?: string };

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

const without = (...names: string[]) => Object.fromEntries(names.map((name) => [name, undefined]));

/** Search, filters, sorting and page of a list, stored only in the URL. */
export function useListState({ filters: names = [], sort }: Options = {}): ListState {
  const [params, setParams] = useSearchParams();
  const filters = Object.fromEntries(
    names.flatMap((name) => {
      const value = params.get(name);
      return value ? [[name, value]] : [];
    }),
  );
  const q = params.get('q') ?? '';

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
    q,
    sort: params.get('sort') ?? sort,
    cursor: params.get('cursor') ?? undefined,
    filters,
    isFiltered: q !== '' || Object.keys(filters).length > 0,
    set: (changes, { replace = false } = {}) => change(changes, replace),
    goToPage: (cursor, { replace = false } = {}) => change({ cursor: cursor ?? undefined }, replace),
    clear: () => change(without('q', ...names), false),
    reset: () => change(without('q', 'sort', ...names), false),
  };
}
