/** Objects by id and in order of creation, with binary search for the index of one. */
export interface CreationOrder<T extends { id: string; created_at: number }> {
  readonly size: number;
  get(id: string): T | undefined;
  /** Adds or replaces an object; its `created_at` never changes. */
  set(item: T): T;
  delete(id: string): void;
  /** Oldest first. */
  values(): readonly T[];
  /** Returns the number of older objects. */
  indexOf(item: T): number;
}

export function creationOrder<T extends { id: string; created_at: number }>(): CreationOrder<T> {
  const byId = new Map<string, T>();
  const sorted: T[] = [];

  const isBefore = (a: T, b: T) => a.created_at < b.created_at || (a.created_at === b.created_at && a.id < b.id);
  const indexOf = (item: T): number => {
    let low = 0;
    let high = sorted.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (isBefore(sorted[middle] as T, item)) low = middle + 1;
      else high = middle;
    }
    return low;
  };

  return {
    get size() {
      return byId.size;
    },
    get: (id) => byId.get(id),
    set(item) {
      sorted.splice(indexOf(item), byId.has(item.id) ? 1 : 0, item);
      byId.set(item.id, item);
      return item;
    },
    delete(id) {
      const item = byId.get(id);
      if (!item) return;
      sorted.splice(indexOf(item), 1);
      byId.delete(id);
    },
    values: () => sorted,
    indexOf,
  };
}
