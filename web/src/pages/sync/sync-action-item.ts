import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { type HealthStatus, healthStatusOf } from './health-status.ts';
import { useHasDirectory, useSyncHealth } from './use-sync.ts';

/** The sync problem to act on; nothing if healthy or not readable. */
export function useSyncActionItem(): HealthStatus | undefined {
  const canRead = useTenantScope().can('sync:read');
  const hasDirectory = useHasDirectory() === true;
  const { record } = useSyncHealth('24h', canRead && hasDirectory);
  const status = record ? healthStatusOf(record) : undefined;
  return status?.tone === 'bad' || status?.tone === 'warn' ? status : undefined;
}
