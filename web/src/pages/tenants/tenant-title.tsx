import './tenants.css';
import type { Tenant } from 'bff/contract';
import { TenantMark } from '../../ui/chips/tenant-mark.tsx';

/** Mark and name, with the slug below. */
export function TenantTitle({ tenant }: { tenant: Pick<Tenant, 'id' | 'name' | 'slug'> }) {
  return (
    <span className="tenant-title">
      <TenantMark id={tenant.id} name={tenant.name} size={28} />
      <span className="tenant-title-text">
        <span className="tenant-title-name" title={tenant.name}>
          <bdi>{tenant.name}</bdi>
        </span>
        <span className="muted" translate="no">
          {tenant.slug}
        </span>
      </span>
    </span>
  );
}
