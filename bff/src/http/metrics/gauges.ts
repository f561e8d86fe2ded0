import type { PoolUse, Services } from '../../core/services.ts';
import { registerGauge } from './gauge.ts';

const POOL_GAUGES: readonly [name: string, help: string, of: keyof Omit<PoolUse, 'pool'>][] = [
  ['rolecall_pool_connections', 'Open connections to the database', 'total'],
  ['rolecall_pool_idle_connections', 'Open connections that no request uses', 'idle'],
  ['rolecall_pool_max_connections', 'Connections that the pool may open', 'max'],
  ['rolecall_pool_waiting', 'Requests that wait for a connection', 'waiting'],
];

/** Registers what this process knows without the database. */
export function registerGauges({ metrics: { registry }, db, tenantQueue, identity }: Services): void {
  for (const [name, help, of] of POOL_GAUGES)
    registerGauge(registry, { name, help, labelNames: ['pool'] }, () =>
      db.poolUse().map((use) => [{ pool: use.pool }, use[of]] as const),
    );
  registerGauge(
    registry,
    { name: 'rolecall_tenant_queue_waiting', help: 'Changes, previews and lists that wait for others of their tenant' },
    () => [[{}, tenantQueue.waiting()]],
  );
  registerGauge(registry, { name: 'rolecall_password_queue_waiting', help: 'Passwords that wait to be hashed' }, () => [
    [{}, identity.waitingPasswords?.() ?? 0],
  ]);
  registerGauge(registry, { name: 'rolecall_event_streams', help: 'Open streams of live updates' }, () => [
    [{}, db.notices.listenerCount('tenant_changed')],
  ]);
}
