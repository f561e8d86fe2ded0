import './tenant-mark.css';
import { firstCharacter } from '../../i18n/characters.ts';

function hue(id: string) {
  let hash = 2166136261;
  for (const character of id) hash = Math.imul(hash ^ character.charCodeAt(0), 16777619);
  return (hash >>> 0) % 360;
}

/** A tenant's colour mark, derived from its id. */
export function TenantMark({ id, name, size = 22 }: { id: string; name: string; size?: number }) {
  return (
    <span
      className="tenant-mark"
      aria-hidden="true"
      style={{ '--mark-hue': hue(id), '--mark-size': `${size}px` } as React.CSSProperties}
    >
      {firstCharacter(name.trim()).toUpperCase() || '?'}
    </span>
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
