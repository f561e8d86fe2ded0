import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { Effect } from 'bff/contract';
import type { ApiError } from '../../core/api.ts';
import { type Method, request } from '../../core/api.ts';
import { usePaused } from '../../core/use-paused.ts';
import { ifMatch } from '../../providers/data/data-provider.ts';
import type { Change } from '../../providers/data/use-change.ts';

/** A change whose effect is asked for. */
export type PlannedChange = Pick<Change<unknown>, 'method' | 'path' | 'body' | 'version'> & {
  query?: Record<string, string>;
  /** Names its part of the impact when there are several changes. */
  title?: string;
};

/** Above this many affected members, the name has to be typed. */
export const TYPED_ABOVE = 20;
const TYPING_MS = 150;

/** Requests the effects of changes, computed by the code that would apply them. */
async function dryRuns(changes: PlannedChange[], signal: AbortSignal): Promise<Effect[]> {
  const effects: Effect[] = [];
  for (const { method, path, query, body, version } of changes) {
    const options = { query: { ...query, dryRun: true }, body, headers: ifMatch(version), signal };
    effects.push(await request<Effect>(method.toUpperCase() as Method, `/api/admin/${path}`, options));
  }
  return effects;
}

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
    queryKey: ['dry-run', paused],
    queryFn: ({ signal }) => dryRuns(shown, signal),
    staleTime: 'static',
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
