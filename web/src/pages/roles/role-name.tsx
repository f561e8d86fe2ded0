import './roles.css';
import type { Role } from 'bff/contract';
import { useI18n } from '../../i18n/i18n.ts';

/** Badges of a role: owner, default. */
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
      <span className="row">
        <bdi className="clip" title={role.name}>
          {role.name}
        </bdi>
        <RoleMarks role={role} />
      </span>
      <span className="mono muted clip" translate="no">
        {role.key}
      </span>
    </span>
  );
}
