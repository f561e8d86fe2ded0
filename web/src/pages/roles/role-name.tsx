import './roles.css';
import { Tag } from 'antd';
import type { Role } from 'bff/contract';
import { t } from '../../i18n/i18n.ts';
import { roleName } from '../../i18n/role-name.ts';

/** Badges of a role: owner, default. */
export function RoleMarks({ role }: { role: Pick<Role, 'isDefault' | 'isOwner'> }) {
  return (
    <>
      {role.isOwner ? (
        <Tag bordered={false} color="processing" title={t('roles.owner_title')}>
          {t('roles.owner')}
        </Tag>
      ) : null}
      {role.isDefault ? (
        <Tag bordered={false} title={t('roles.default_title')}>
          {t('roles.default')}
        </Tag>
      ) : null}
    </>
  );
}

/** A role in a list: name, badges, key. */
export function RoleName({ role }: { role: Role }) {
  return (
    <span className="role-name">
      <span className="row">
        <bdi className="clip" title={roleName(role)}>
          {roleName(role)}
        </bdi>
        <RoleMarks role={role} />
      </span>
      <span className="mono muted clip" translate="no">
        {role.key}
      </span>
    </span>
  );
}
