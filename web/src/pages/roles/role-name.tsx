import './roles.css';
import type { Role } from 'bff/contract';
import { wholeNumber } from '../../i18n/format.ts';
import { useI18n } from '../../i18n/i18n.ts';

/** Badges of a role: owner, system, default. */
export function RoleMarks({ role }: { role: Pick<Role, 'isDefault' | 'isOwner'> }) {
  const { t } = useI18n();
  return (
    <>
      {role.isOwner ? (
        <span className="role-mark role-mark-owner" title={t('roles.owner_title')}>
          {t('roles.owner')}
        </span>
      ) : null}
      {role.isDefault ? (
        <span className="role-mark" title={t('roles.default_title')}>
          {t('roles.default')}
        </span>
      ) : null}
    </>
  );
}

/** A role in a list: name, badges, key. */
export function RoleName({ role }: { role: Role }) {
  return (
    <span className="role-name">
      <span className="role-name-line">
        <span className="role-name-text" title={role.name}>
          <bdi>{role.name}</bdi>
        </span>
        <RoleMarks role={role} />
      </span>
      <span className="role-key" translate="no">
        {role.key}
      </span>
    </span>
  );
}

/** A count as a number and as a bar relative to the maximum. */
export function CountBar({ count, most, label }: { count: number; most: number; label: string }) {
  return (
    <span className="count-bar">
      <span
        className="count-track"
        aria-hidden="true"
        style={{ '--share': count === 0 ? 0 : Math.max(count / most, 0.025) } as React.CSSProperties}
      />
      <span>{wholeNumber(count)}</span>
      <span className="count-unit">{label}</span>
    </span>
  );
}
