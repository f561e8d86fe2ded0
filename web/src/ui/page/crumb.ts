import { useEffect, useSyncExternalStore } from 'react';
import { useLocation } from 'react-router';

let named: { path: string; name: string } | undefined;
const listeners = new Set<() => void>();
const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};

/** Sets the name of the record for the breadcrumb. */
export function useCrumb(name: string | undefined) {
  const { pathname } = useLocation();
  useEffect(() => {
    if (!name) return;
    named = { path: pathname, name };
    for (const listener of listeners) listener();
  }, [name, pathname]);
}

/** The name of the current record and its path. */
export const useCurrentCrumb = () => useSyncExternalStore(subscribe, () => named);
