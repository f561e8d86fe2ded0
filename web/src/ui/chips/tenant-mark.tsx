import './chips.css';
import { firstCharacter } from '../../i18n/characters.ts';
import { markStyle } from './mark.ts';

/** A tenant's colour mark, derived from its id. */
export function TenantMark({ id, name, size = 22 }: { id: string; name: string; size?: number }) {
  return (
    <span
      className="tenant-mark"
      aria-hidden="true"
      data-initial={firstCharacter(name.trim()).toUpperCase() || '?'}
      style={markStyle(id, size, 360)}
    />
  );
}

/** The tenant as mark and name, for rows that mix tenants. */
export function TenantName({ id, name }: { id: string; name: string }) {
  return (
    <span className="tenant-name">
      <TenantMark id={id} name={name} size={18} />
      <bdi>{name}</bdi>
    </span>
  );
}
