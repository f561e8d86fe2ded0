import './tenant-mark.css';

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
      {([...name.trim()][0] ?? '?').toUpperCase()}
    </span>
  );
}

/** The tenant as mark and name, for rows that mix tenants. */
export function TenantName({ id, name }: { id: string; name: string }) {
  return (
    <span className="tenant-name">
      <TenantMark id={id} name={name} size={18} />
      <span>{name}</span>
    </span>
  );
}
