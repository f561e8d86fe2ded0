import { useEffect } from 'react';
import { useLocation } from 'react-router';
import { createStore } from '../../core/store.ts';
import { whenSignedOut } from '../../providers/auth/session.ts';

type Crumb = { path: string; name: string; isRecord: boolean };
const crumb = createStore<Crumb | undefined>(undefined);
whenSignedOut(() => crumb.set(undefined));

/** Sets the name of the record for the breadcrumb, or what stands in its place. */
export function useCrumb(name: string | undefined, isRecord = true) {
  const { pathname } = useLocation();
  useEffect(() => {
    if (name) crumb.set({ path: pathname, name, isRecord });
  }, [name, pathname, isRecord]);
}

/** The name of the current record and its path. */
export const useCurrentCrumb = crumb.use;
