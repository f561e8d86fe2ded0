import type { SyncHealth, SyncRun } from 'bff/contract';
import type { Tone } from '../../ui/chips/status-dot.tsx';

type Reason =
  | 'events_dead'
  | 'pushes_dead'
  | 'run_failed'
  | 'events_failed'
  | 'events_waiting'
  | 'running'
  | 'drift'
  | 'silent'
  | 'never_compared'
  | 'healthy';

/** The most important problem, its count and the page to go to. */
export type HealthStatus = { reason: Reason; tone: Tone; count: number; to: string };

export type HealthInputs = {
  health: Pick<SyncHealth, 'waiting' | 'failed' | 'dead' | 'oldestWaiting' | 'lastEvent'>;
  /** Role pushes that failed permanently. */
  deadPushes: number;
  lastRun: Pick<SyncRun, 'id' | 'status'> | null;
  /** The latest completed run. */
  lastDone: Pick<SyncRun, 'id' | 'openDrift'> | null;
};

/** A new event is applied within seconds; only older ones are a problem. */
const PROCESSING_MS = 60_000;

/** In order of severity: dead, retrying, drift, never compared. */
export function healthStatusOf(
  { health, deadPushes, lastRun, lastDone }: HealthInputs,
  now = Date.now(),
): HealthStatus {
  const { waiting, failed, dead, oldestWaiting } = health;
  const drift = lastDone?.openDrift ?? 0;
  if (dead > 0) return { reason: 'events_dead', tone: 'bad', count: dead, to: 'sync/events?status=dead' };
  if (deadPushes > 0) return { reason: 'pushes_dead', tone: 'bad', count: deadPushes, to: 'sync/outbox?status=dead' };
  if (lastRun?.status === 'failed')
    return { reason: 'run_failed', tone: 'bad', count: 1, to: `sync/runs/${lastRun.id}` };
  if (failed > 0) return { reason: 'events_failed', tone: 'warn', count: failed, to: 'sync/events?status=failed' };
  if (oldestWaiting && now - Date.parse(oldestWaiting.receivedAt) > PROCESSING_MS)
    return { reason: 'events_waiting', tone: 'warn', count: waiting, to: 'sync/events?status=received' };
  if (lastRun?.status === 'running')
    return { reason: 'running', tone: 'neutral', count: 1, to: `sync/runs/${lastRun.id}` };
  if (lastDone && drift > 0)
    return { reason: 'drift', tone: 'warn', count: drift, to: `sync/runs/${lastDone.id}?state=open` };
  if (!health.lastEvent) return { reason: 'silent', tone: 'warn', count: 0, to: 'sync/runs?start=true' };
  if (!lastDone) return { reason: 'never_compared', tone: 'neutral', count: 0, to: 'sync/runs?start=true' };
  return { reason: 'healthy', tone: 'good', count: 0, to: `sync/runs/${lastDone.id}` };
}
