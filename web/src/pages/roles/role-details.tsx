import { Flex } from 'antd';
import type { RoleDetail, RoleRef } from 'bff/contract';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { historyPath } from '../../core/history-path.ts';
import { useI18n } from '../../i18n/i18n.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { RoleChip } from '../../ui/chips/role-chip.tsx';
import { When } from '../../ui/chips/when.tsx';
import { Details } from '../../ui/page/detail-layout.tsx';

const code = (text: string) => (
  <span className="mono" translate="no">
    {text}
  </span>
);

/** Facts of a role, with the roles it inherits from and those that inherit from it. */
export function RoleDetails({ role }: { role: RoleDetail }) {
  const { t } = useI18n();
  const scope = useTenantScope();
  const rows: [string, ReactNode][] = [
    [t('roles.kind'), t(role.isSystem ? 'roles.system' : 'roles.custom')],
    [t('roles.key'), code(role.key)],
  ];
  if (role.parent) rows.push([t('roles.inherits'), <Roles key="parent" roles={[role.parent]} />]);
  if (role.children.length > 0) rows.push([t('roles.inherited_by'), <Roles key="children" roles={role.children} />]);
  if (role.isDefault) rows.push([t('roles.new_members'), t('roles.new_members_default')]);
  if (role.isSelfAssignable) rows.push([t('roles.sign_up'), t('roles.sign_up_self_assignable')]);
  if (role.identityRole) rows.push([t('roles.identity_role'), code(role.identityRole)]);
  rows.push([t('roles.created_at'), <When key="created" at={role.createdAt} />]);
  if (role.updatedAt !== role.createdAt) rows.push([t('roles.updated_at'), <When key="updated" at={role.updatedAt} />]);
  return (
    <>
      <Details rows={rows} />
      {scope.can('access:explain') ? (
        <p className="details-more">
          <Link to={historyPath(scope.base, { view: 'role', roleId: role.id })}>{t('access_history.of_role')}</Link>
        </p>
      ) : null}
    </>
  );
}

function Roles({ roles }: { roles: RoleRef[] }) {
  const scope = useTenantScope();
  return (
    <Flex wrap gap={4}>
      {roles.map((role) => (
        <RoleChip key={role.id} role={role} to={scope.to(`roles/${role.id}`)} />
      ))}
    </Flex>
  );
}
