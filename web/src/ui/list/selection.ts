import { useState } from 'react';
import type { ListState } from '../../providers/data/use-list-state.ts';

export type Selection = {
  ids: ReadonlySet<string>;
  /** Whether all matching rows are selected, on all pages. */
  isAll: boolean;
  has: (id: string) => boolean;
  /** Selects or deselects rows. */
  set: (ids: readonly string[], chosen: boolean) => void;
  setAll: () => void;
  clear: () => void;
};
/** The selection of a list's rows. */
export type Selecting<T> = { selection: Selection; nameOf: (row: T) => string; isSelectable?: (row: T) => boolean };

type Chosen = { of: string; ids: ReadonlySet<string>; isAll: boolean };

/** The selected rows; kept across pages, cleared when the filters change. */
export function useSelection({ q, filters }: Pick<ListState, 'q' | 'filters'>): Selection {
  const of = JSON.stringify([q, filters]);
  const none: Chosen = { of, ids: new Set(), isAll: false };
  const [stored, setStored] = useState(none);
  const { ids, isAll } = stored.of === of ? stored : none;
  return {
    ids,
    isAll,
    has: (id) => isAll || ids.has(id),
    set: (some, chosen) => {
      const others = [...ids].filter((id) => !some.includes(id));
      setStored({ of, isAll: false, ids: new Set(chosen ? [...others, ...some] : others) });
    },
    setAll: () => setStored({ of, ids: new Set(), isAll: true }),
    clear: () => setStored(none),
  };
}
