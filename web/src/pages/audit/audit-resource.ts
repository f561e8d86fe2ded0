import { usePlace } from '../../providers/tenant/tenant-scope.tsx';

/** A tenant reads its own log; the platform reads everyone's. */
export function useAuditResource() {
  const place = usePlace();
  const everywhere = place.kind === 'platform';
  return { everywhere, resource: everywhere ? 'audit-logs' : place.resource('audit-logs') };
}
