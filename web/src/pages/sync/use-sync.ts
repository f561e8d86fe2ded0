import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import type { IdentityPush, Page, SyncHealth, SyncRun } from 'bff/contract';
import { useEffect, useRef } from 'react';
import type { ApiError } from '../../core/api.ts';
import { request } from '../../core/api.ts';
import { useSessionInfo } from '../../providers/auth/session-info.ts';
import { useRecord } from '../../providers/data/use-record.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { type HealthStatus, healthStatusOf } from './health-status.ts';

const IDLE_POLL_MS = 15_000;
/** Twice the rate at which a run reports its progress. */
const LIVE_MS = 1_000;
const everyOf = (run: SyncRun | undefined) => (run?.status === 'running' ? LIVE_MS : IDLE_POLL_MS);

/** Returns a reader of the first row of a list and its length. */
const latest =
  (signal: AbortSignal) =>
  async <T>(path: string, filters: Record<string, string> = {}) => {
    const query = { limit: 1, ...filters };
    const { data, page } = await request<{ data: T[]; page: Page }>('GET', `/api/admin/${path}`, { query, signal });
    return { row: data[0] ?? null, total: page.total };
  };

/** The latest run in any state; polled faster while it runs. */
export function useLastRun(enabled = true) {
  const { data } = useQuery<{ row: SyncRun | null }, ApiError>({
    queryKey: ['sync', 'last-run'],
    enabled,
    queryFn: ({ signal }) => latest(signal)('sync-runs'),
    refetchInterval: ({ state }) => everyOf(state.data?.row ?? undefined),
  });
  useRefetchWhenDone(data?.row?.status);
  return data?.row;
}

/** The inputs of the health status. The last ones stay on screen while others load, and on errors. */
export function useSyncHealth(window: SyncHealth['window'] = '24h', enabled = true) {
  const lastRun = useLastRun(enabled);
  const { data, error, refetch } = useQuery({
    queryKey: ['sync', 'health', window],
    enabled,
    placeholderData: keepPreviousData,
    refetchInterval: IDLE_POLL_MS,
    queryFn: async ({ signal }) => {
      const first = latest(signal);
      const [health, done, dead, pending] = await Promise.all([
        request<SyncHealth>('GET', '/api/admin/sync/health', { query: { window }, signal }),
        first<SyncRun>('sync-runs', { kind: 'reconcile', status: 'done' }),
        first<IdentityPush>('identity-pushes', { status: 'dead' }),
        first<IdentityPush>('identity-pushes', { status: 'pending' }),
      ]);
      return { health, lastDone: done.row, deadPushes: dead.total, pendingPushes: pending.total };
    },
  });
  return {
    record: data && lastRun !== undefined ? { ...data, lastRun } : undefined,
    error: data ? null : (error as ApiError | null),
    retry: () => void refetch(),
    isStale: error !== null,
  };
}

/** The sync problem to act on; nothing if healthy or not readable. */
export function useSyncActionItem(): HealthStatus | undefined {
  const canRead = useTenantScope().can('sync:read');
  const hasDirectory = useSessionInfo()?.hasDirectory === true;
  const { record } = useSyncHealth('24h', canRead && hasDirectory);
  const status = record && healthStatusOf(record);
  return status?.tone === 'bad' || status?.tone === 'warn' ? status : undefined;
}

/** The run of the page, polled. */
export function useRun() {
  const found = useRecord<SyncRun>(everyOf);
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
