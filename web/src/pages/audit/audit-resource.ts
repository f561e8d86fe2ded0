import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';

/** A tenant reads its own log; the platform reads all. */
export function useAuditResource() {
  const scope = useTenantScope();
  const everywhere = scope.kind === 'platform';
  return { everywhere, resource: everywhere ? 'audit-logs' : scope.resource('audit-logs') };
}
