import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Rows } from '../../providers/data/use-rows.ts';

type Row = { id: string };
const idsOf = (rows: readonly Row[] | undefined) => rows?.map(({ id }) => id).join();

/**
 * Keeps rows in their place while the list is on screen: values change where they stand, but what others added, removed or moved
 * waits for `refresh`. Another list, the first answer of a visit, and a change by this user, show their rows directly.
 */
export function useSteadyRows<T extends Row>(latest: Rows<T>) {
  const changes = useQueryClient().getMutationCache().getAll();
  const [shown, setShown] = useState(latest);
  // Rows of an earlier visit give way to those of now.
  const [answered, setAnswered] = useState<string>();
  if (!latest.isFetching && answered !== latest.live?.of) setAnswered(latest.live?.of);
  const isHeld =
    answered === latest.live?.of &&
    shown.live?.of === latest.live?.of &&
    shown.rows !== undefined &&
    shown.rows.length > 0 &&
    latest.rows !== undefined &&
    idsOf(shown.rows) !== idsOf(latest.rows) &&
    changes.every(({ state }) => state.submittedAt <= (shown.live?.readAt ?? 0));
  const isNew = shown.live?.of !== latest.live?.of || shown.rows !== latest.rows || shown.page !== latest.page;
  if (latest.live && isNew && !isHeld) setShown(latest);
  if (!latest.live || !isHeld) return { ...latest, isHeld: false, added: 0, refresh: () => undefined };
  const byId = new Map(latest.rows?.map((row) => [row.id, row]));
  const known = new Set(shown.rows?.map(({ id }) => id));
  return {
    ...latest,
    isHeld,
    added: [...byId.keys()].filter((id) => !known.has(id)).length,
    refresh: () => setShown(latest),
    rows: shown.rows?.map((row) => byId.get(row.id) ?? row),
    // The total is of now; the next page begins where these rows end.
    page: shown.page && { ...shown.page, total: latest.page?.total ?? shown.page.total },
  };
}
