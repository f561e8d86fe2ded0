import { useEffect } from 'react';
import { useLocation } from 'react-router';
import { createStore } from '../../core/store.ts';

const crumb = createStore<{ path: string; name: string } | undefined>(undefined);

/** Sets the name of the record for the breadcrumb. */
export function useCrumb(name: string | undefined) {
  const { pathname } = useLocation();
  useEffect(() => {
    if (name) crumb.set({ path: pathname, name });
  }, [name, pathname]);
}

/** The name of the current record and its path. */
export const useCurrentCrumb = crumb.use;
