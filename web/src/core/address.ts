import { useSyncExternalStore } from 'react';

const MOVED = 'rolecall:moved';

function subscribe(listener: () => void) {
  addEventListener('popstate', listener);
  addEventListener(MOVED, listener);
  return () => {
    removeEventListener('popstate', listener);
    removeEventListener(MOVED, listener);
  };
}

/** The current URL, for the few pages outside the console's router. */
export const useAddress = () => useSyncExternalStore(subscribe, () => location.pathname + location.search);

/** Navigates without reloading the document. */
export function goTo(path: string, { replace = false } = {}) {
  if (replace) history.replaceState(null, '', path);
  else history.pushState(null, '', path);
  dispatchEvent(new Event(MOVED));
}
