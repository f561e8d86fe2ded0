import type { SyncDrift } from 'bff/contract';
import { Link } from 'react-router';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { usePaths } from '../../providers/tenant/use-paths.ts';
import { TenantName } from '../../ui/chips/tenant-mark.tsx';
import { UserChip } from '../../ui/chips/user-chip.tsx';

type Props = Pick<SyncDrift, 'user' | 'tenant'> & { objectId: string | null };

/** The user and the tenant of a provider object, with links if readable; its id if neither is known. */
export function SyncSubject({ user, tenant, objectId }: Props) {
  return (
    <span title={objectId ?? undefined}>
      {user ? <SyncUser user={user} /> : null}
      {tenant ? <SyncTenant tenant={tenant} /> : null}
      {user || tenant ? null : <code className="mono">{objectId}</code>}
    </span>
  );
}

function SyncUser({ user }: { user: NonNullable<SyncDrift['user']> }) {
  const scope = useTenantScope();
  const to = scope.can('users:read') ? scope.to(`users/${encodeURIComponent(user.id)}`) : undefined;
  return <UserChip user={user} to={to} size="small" nameOnly />;
}

function SyncTenant({ tenant }: { tenant: NonNullable<SyncDrift['tenant']> }) {
  const to = usePaths(tenant).target('tenant', tenant.id);
  const name = <TenantName id={tenant.id} name={tenant.name} />;
  return <div>{to ? <Link to={to}>{name}</Link> : name}</div>;
}
