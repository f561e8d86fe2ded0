import { useSyncExternalStore } from 'react';

const NAVIGATED = 'rolecall:navigated';

function subscribe(listener: () => void) {
  addEventListener('popstate', listener);
  addEventListener(NAVIGATED, listener);
  return () => {
    removeEventListener('popstate', listener);
    removeEventListener(NAVIGATED, listener);
  };
}

/** The current URL, for the few pages outside the console's router. */
export const useAddress = () => useSyncExternalStore(subscribe, () => location.pathname + location.search);

/** Navigates without reloading the document. */
export function goTo(path: string, { replace = false } = {}) {
  if (replace) history.replaceState(history.state, '', path);
  else history.pushState(null, '', path);
  dispatchEvent(new Event(NAVIGATED));
}

/** Returns the path of the sign-in (or sign-up) page that redirects to `to` afterwards. */
export const signInPath = (to: string | null | undefined, page = '/sign-in') =>
  to && to !== '/' ? `${page}?to=${encodeURIComponent(to)}` : page;

/** The prefix of all paths of a tenant. */
export const tenantPath = (slug: string) => `/t/${encodeURIComponent(slug)}`;
