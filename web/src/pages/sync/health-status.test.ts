import { describe, expect, it } from 'vitest';
import { type HealthInputs, healthStatusOf } from './health-status.ts';

const NOW = Date.parse('2026-11-21T12:00:00Z');
const event = (secondsAgo: number) => ({
  id: 'msg_1',
  type: 'user.updated',
  receivedAt: new Date(NOW - secondsAgo * 1000).toISOString(),
});

/** A healthy sync, with overrides. */
function statusOf({
  health,
  ...rest
}: Partial<Omit<HealthInputs, 'health'>> & { health?: Partial<HealthInputs['health']> } = {}) {
  const known: HealthInputs = {
    health: { waiting: 0, failed: 0, dead: 0, oldestWaiting: null, lastEvent: event(600), ...health },
    deadPushes: 0,
    lastRun: { id: 'run-2', status: 'done' },
    lastDone: { id: 'run-2', openDrift: 0 },
    ...rest,
  };
  return healthStatusOf(known, NOW);
}

describe('sync health status', () => {
  it('is healthy only if all events are applied and no drift is open', () => {
    expect(statusOf()).toEqual({ reason: 'healthy', tone: 'good', count: 0, to: 'sync/runs/run-2' });
    expect(statusOf({ lastRun: null, lastDone: null }).reason).toBe('never_compared');
    expect(statusOf({ health: { lastEvent: null } }).reason).toBe('silent');
    expect(statusOf({ lastDone: { id: 'run-1', openDrift: 3 } })).toMatchObject({ reason: 'drift', count: 3 });
  });

  it('ignores a recent waiting event and reports one that stays', () => {
    expect(statusOf({ health: { waiting: 2, oldestWaiting: event(5) } }).reason).toBe('healthy');
    expect(statusOf({ health: { waiting: 2, oldestWaiting: event(90) } })).toMatchObject({
      reason: 'events_waiting',
      tone: 'warn',
      count: 2,
    });
  });

  it('ranks dead events above retries, and retries above drift', () => {
    const drift = { lastDone: { id: 'run-1', openDrift: 3 } };
    const failed = { waiting: 4, failed: 4, oldestWaiting: event(300) };
    expect(statusOf({ ...drift, health: failed }).reason).toBe('events_failed');
    expect(statusOf({ ...drift, health: failed, lastRun: { id: 'run-2', status: 'failed' } }).reason).toBe(
      'run_failed',
    );
    expect(statusOf({ ...drift, health: failed, deadPushes: 1 }).reason).toBe('pushes_dead');
    expect(statusOf({ ...drift, health: { ...failed, dead: 2 }, deadPushes: 1 })).toEqual({
      reason: 'events_dead',
      tone: 'bad',
      count: 2,
      to: 'sync/events?status=dead',
    });
  });
});
