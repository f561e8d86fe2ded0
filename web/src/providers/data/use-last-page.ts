import type { Page } from 'bff/contract';
import { useEffect } from 'react';
import type { ListState } from './use-list-state.ts';

/** Leaves a page whose rows are no longer there for the last one that has some. Returns whether it does so. */
export function useLastPage(rows: readonly unknown[] | undefined, page: Page | undefined, state: ListState): boolean {
  const isLeft = rows?.length === 0 && state.cursor !== undefined;
  const { goToPage } = state;
  const previous = page?.prevCursor ?? null;
  useEffect(() => {
    if (isLeft) goToPage(previous, { replace: true });
  });
  return isLeft;
}
