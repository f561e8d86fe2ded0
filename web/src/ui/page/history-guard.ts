/**
 * Intercepts Back and Forward before the router does. Browsers call listeners in the order they were added, so app.tsx
 * imports this file before the router.
 */
let guard: ((event: PopStateEvent) => void) | undefined;

addEventListener('popstate', (event) => guard?.(event));

export const guardHistory = (next: typeof guard) => {
  guard = next;
};
