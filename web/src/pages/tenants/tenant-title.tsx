import type { Tenant } from 'bff/contract';
import { TenantMark } from '../../ui/chips/tenant-mark.tsx';

/** Mark and name, with the slug below. */
export const TenantTitle = ({ tenant: { id, name, slug } }: { tenant: Pick<Tenant, 'id' | 'name' | 'slug'> }) => (
  <span className="chip">
    <TenantMark id={id} name={name} size={28} />
    <span className="user-chip-text">
      <bdi className="clip" title={name}>
        {name}
      </bdi>
      <span className="second clip" translate="no">
        {slug}
      </span>
    </span>
  </span>
);
