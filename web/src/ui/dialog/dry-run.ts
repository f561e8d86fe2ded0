import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { Effect } from 'bff/contract';
import type { ApiError } from '../../core/api.ts';
import { request } from '../../core/api.ts';
import { usePaused } from '../../core/use-paused.ts';

/** A request for a dry run. */
export type PlannedChange = {
  method: 'PATCH' | 'DELETE' | 'POST';
  /** Below /api/admin, as for useChange. */
  path: string;
  query?: Record<string, string>;
  body?: unknown;
  version?: number;
  /** Names its part of the impact when there are several changes. */
  title?: string;
};

/** Above this many affected members, the name has to be typed. */
export const TYPED_ABOVE = 20;
const TYPING_MS = 150;

/** Requests the effect of a change, computed by the code that would apply it. */
function dryRun({ method, path, query, body, version }: PlannedChange, signal: AbortSignal): Promise<Effect> {
  return request<Effect>(method, `/api/admin/${path}`, {
    query: { ...query, dryRun: true },
    ...(body === undefined ? {} : { body }),
    ...(version === undefined ? {} : { headers: { 'if-match': `"${version}"` } }),
    signal,
  });
}

async function dryRuns(changes: PlannedChange[], signal: AbortSignal): Promise<Effect[]> {
  const effects: Effect[] = [];
  for (const change of changes) effects.push(await dryRun(change, signal));
  return effects;
}

/** The query for the effects of changes, which stay as they are. */
const impactQuery = (changes: PlannedChange[]) => ({
  queryKey: ['dry-run', JSON.stringify(changes)],
  queryFn: ({ signal }: { signal: AbortSignal }) => dryRuns(changes, signal),
  staleTime: 'static' as const,
});

/** Whether the request itself is wrong, so that it fails again. */
export const isRejected = ({ statusCode }: ApiError) => statusCode >= 400 && statusCode < 500;

export type Impact = {
  /** One effect per change, in their order; undefined while the first is loading. */
  effects: Effect[] | undefined;
  /** Members who gain or lose something, now or later. */
  affected: number;
  error: ApiError | null;
  /** The effects shown are of earlier changes. */
  isStale: boolean;
  /** Whether the changes can be sent: their effects are shown, or what is wrong with them occurs again where its field is. */
  isSeen: boolean;
  retry: () => void;
};

/** The effects of changes that are still being edited. `isFrozen` keeps the ones shown, while they are being saved. */
export function useImpact(changes: PlannedChange[], isFrozen: boolean): Impact {
  const wanted = JSON.stringify(changes);
  const paused = usePaused(wanted, TYPING_MS);
  const shown: PlannedChange[] = JSON.parse(paused);
  const { data, error, isPlaceholderData, isFetching, refetch } = useQuery<Effect[], ApiError>({
    ...impactQuery(shown),
    enabled: !isFrozen && shown.length > 0,
    placeholderData: keepPreviousData,
    gcTime: 0,
  });
  const effects = shown.length === 0 ? [] : data;
  const isStale = !isFrozen && (paused !== wanted || isPlaceholderData || isFetching);
  return {
    effects,
    affected: (effects ?? []).reduce((sum, effect) => sum + effect.affected, 0),
    error: isFetching ? null : error,
    isStale,
    isSeen: (effects !== undefined && !isStale) || (error !== null && isRejected(error)),
    retry: () => void refetch(),
  };
}
