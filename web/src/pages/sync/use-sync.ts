import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { IdentityPush, Page, SyncHealth, SyncRun } from 'bff/contract';
import { useEffect, useRef } from 'react';
import type { ApiError } from '../../core/api.ts';
import { request } from '../../core/api.ts';
import { useSessionInfo } from '../../providers/auth/session-info.ts';
import type { Found } from '../../providers/data/use-rows.ts';
import type { HealthInputs } from './health-status.ts';

const IDLE_POLL_MS = 15_000;
const LIVE_MS = 1_000;
type List<T> = { data: T[]; page: Page };
type Query = Record<string, string | number>;

/** Polls; the last result stays on screen while refetching and on errors. */
function usePolled<T>(path: string, query: Query, every: (known: T | undefined) => number, enabled = true) {
  const found = useQuery<T, ApiError>({
    queryKey: ['sync', path, query],
    enabled,
    queryFn: ({ signal }) => request('GET', `/api/admin/${path}`, { query, signal }),
    refetchInterval: ({ state }) => every(state.data),
  });
  const { data, error, refetch } = found;
  return { record: data, error: data ? null : error, isStale: error !== null, retry: () => void refetch() };
}

/** Whether there is an external directory to sync with; undefined until known. */
export function useHasDirectory(): boolean | undefined {
  return useSessionInfo()?.hasDirectory;
}

const idlePoll = () => IDLE_POLL_MS;
const useLatest = <T>(path: string, query: Query, enabled: boolean) =>
  usePolled<List<T>>(
    path,
    { limit: 1, ...query },
    (known) => (known?.data.some((row) => (row as { status?: string }).status === 'running') ? LIVE_MS : IDLE_POLL_MS),
    enabled,
  );

/** The latest run in any state; polled faster while it runs. */
export function useLastRun(enabled = true) {
  const found = useLatest<SyncRun>('sync-runs', {}, enabled);
  useRefetchWhenDone(found.record?.data[0]?.status);
  return { ...found, run: found.record?.data[0] ?? null };
}

/** The inputs of the health status. */
export function useSyncHealth(window: SyncHealth['window'] = '24h', enabled = true) {
  const health = usePolled<SyncHealth>('sync/health', { window }, idlePoll, enabled);
  // The previous window stays on screen while another one loads.
  const known = useRef<SyncHealth>(undefined);
  known.current = health.record ?? known.current;
  const last = useLastRun(enabled);
  const done = useLatest<SyncRun>('sync-runs', { kind: 'reconcile', status: 'done' }, enabled);
  const dead = useLatest<IdentityPush>('identity-pushes', { status: 'dead' }, enabled);
  const pending = useLatest<IdentityPush>('identity-pushes', { status: 'pending' }, enabled);
  const parts = [health, last, done, dead, pending];
  const record =
    known.current && last.record && done.record && dead.record && pending.record
      ? {
          health: known.current,
          lastRun: last.run,
          lastDone: done.record.data[0] ?? null,
          deadPushes: dead.record.page.total,
          pendingPushes: pending.record.page.total,
        }
      : undefined;
  return {
    record: record satisfies HealthInputs | undefined,
    error: parts.find((part) => part.error)?.error ?? null,
    isStale: parts.some((part) => part.isStale),
    retry: () => {
      for (const part of parts) if (part.error) part.retry();
    },
  };
}

/** A run, polled at twice its reporting rate while it runs. */
export function useRun(id: string): Found<SyncRun> {
  const found = usePolled<SyncRun>(`sync-runs/${id}`, {}, (run) =>
    run?.status === 'running' ? LIVE_MS : IDLE_POLL_MS,
  );
  useRefetchWhenDone(found.record?.status);
  return found;
}

/** Refetches drift and counts when the run finishes. */
function useRefetchWhenDone(status: SyncRun['status'] | undefined) {
  const client = useQueryClient();
  const before = useRef(status);
  useEffect(() => {
    if (before.current === 'running' && status !== 'running') void client.invalidateQueries();
    before.current = status;
  }, [status, client]);
}

/** Refetches while something on screen is about to change. */
export function usePolling(isDue: boolean, read: () => void, ms: number) {
  const latest = useRef(read);
  latest.current = read;
  useEffect(() => {
    if (!isDue) return;
    const timer = setInterval(() => latest.current(), ms);
    return () => clearInterval(timer);
  }, [isDue, ms]);
}
