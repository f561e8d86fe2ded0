/**
 * Intercepts Back and Forward before the router does. Browsers call listeners in the order they were added, so app.tsx
 * imports this file before the router.
 */
type Guard = (event: PopStateEvent) => void;
let guards: Guard[] = [];

addEventListener('popstate', (event) => guards.at(-1)?.(event));

/** Adds a guard; the last one added decides. Returns what removes it. */
export function guardHistory(guard: Guard) {
  guards = [...guards, guard];
  return () => {
    guards = guards.filter((other) => other !== guard);
  };
}

export const removeHistoryGuards = () => {
  guards = [];
};
