/**
 * Hears Back and Forward before the router does, which takes them for done. The browser calls listeners of the window in
 * the order they came, so app.tsx loads this file before there is a router.
 */
let guard: ((event: PopStateEvent) => void) | undefined;

addEventListener('popstate', (event) => guard?.(event));

export const guardHistory = (next: typeof guard) => {
  guard = next;
};
