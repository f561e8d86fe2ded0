import './chips.css';
import { PLATFORM_TENANT_ID } from 'bff/contract';
import { firstCharacter } from '../../i18n/characters.ts';
import { t } from '../../i18n/i18n.ts';
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

/** The tenant as mark and name, for rows that mix tenants; the platform in the user's language. */
export function TenantName({ id, name }: { id: string; name: string }) {
  const shown = id === PLATFORM_TENANT_ID ? t('shell.platform') : name;
  return (
    <span className="chip">
      <TenantMark id={id} name={shown} size={18} />
      <bdi className="clip">{shown}</bdi>
    </span>
  );
}
