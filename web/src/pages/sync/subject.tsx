import type { SyncDrift } from 'bff/contract';
import { Link } from 'react-router';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { usePaths } from '../../providers/tenant/use-paths.ts';
import { TenantName } from '../../ui/chips/tenant-mark.tsx';
import { UserChip } from '../../ui/chips/user-chip.tsx';

type Props = Partial<Pick<SyncDrift, 'user' | 'tenant'>> & { objectId?: string | null };

/** The user and the tenant of a provider object, with links if readable; its id if neither is known. */
export function SyncSubject({ user, tenant, objectId = null }: Props) {
  const { tenantId: id, slug } = useTenantScope();
  const { target } = usePaths({ id, slug });
  const to = tenant ? target('tenant', tenant.id) : undefined;
  const name = tenant ? <TenantName id={tenant.id} name={tenant.name} /> : null;
  return (
    <span title={objectId ?? undefined}>
      {user ? <UserChip user={user} to={target('user', user.id)} size="small" nameOnly /> : null}
      {name ? <div>{to ? <Link to={to}>{name}</Link> : name}</div> : null}
      {user || tenant ? null : <code>{objectId}</code>}
    </span>
  );
}
