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
  const chip = (other: RoleRef) => <RoleChip key={other.id} role={other} to={scope.to(`roles/${other.id}`)} />;
  if (role.parent) rows.push([t('roles.inherits'), chip(role.parent)]);
  if (role.children.length > 0)
    rows.push([
      t('roles.inherited_by'),
      <Flex key="children" wrap gap={4}>
        {role.children.map(chip)}
      </Flex>,
    ]);
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
