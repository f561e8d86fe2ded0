import { useState } from 'react';

const DAY_MS = 86_400_000;
const keyOf = (userId: string) => `rolecall.snoozed.${userId}`;

function read(userId: string): Record<string, number> {
  try {
    return JSON.parse(localStorage.getItem(keyOf(userId)) ?? '{}');
  } catch {
    return {};
  }
}

/** Items that the user put aside in this browser, for a day each. */
export function useSnoozed(userId: string) {
  const [snoozed, setSnoozed] = useState(() => read(userId));
  const store = (next: Record<string, number>) => {
    setSnoozed(next);
    try {
      localStorage.setItem(keyOf(userId), JSON.stringify(next));
    } catch {
      // Without storage they come back with the next page.
    }
  };
  return {
    isSnoozed: (id: string) => (snoozed[id] ?? 0) > Date.now(),
    snooze: (id: string) => store({ ...snoozed, [id]: Date.now() + DAY_MS }),
    showAll: () => store({}),
  };
}
