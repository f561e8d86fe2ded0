import { useState } from 'react';
import { readStored, store } from '../../core/browser-storage.ts';

const DAY_MS = 86_400_000;
const keyOf = (userId: string) => `rolecall.snoozed.${userId}`;

/** Items that the user put aside in this browser, for a day each. */
export function useSnoozed(userId: string) {
  const [snoozed, setSnoozed] = useState(() => (readStored(keyOf(userId)) ?? {}) as Record<string, number>);
  const replace = (next: Record<string, number>) => {
    setSnoozed(next);
    store(keyOf(userId), next);
  };
  return {
    isSnoozed: (id: string) => (snoozed[id] ?? 0) > Date.now(),
    snooze: (id: string) => replace({ ...snoozed, [id]: Date.now() + DAY_MS }),
    showAll: () => replace({}),
  };
}
