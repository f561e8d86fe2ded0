import { Flex } from 'antd';
import type { RoleDetail, RoleRef } from 'bff/contract';
import { historyPath } from '../../core/history-path.ts';
import { t } from '../../i18n/i18n.ts';
import { roleDescription, roleName } from '../../i18n/role-name.ts';
import { useRecord } from '../../providers/data/use-record.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { AuditTimeline } from '../../ui/audit/timeline.tsx';
import { RoleChip } from '../../ui/chips/role-chip.tsx';
import { When } from '../../ui/chips/when.tsx';
import { Note } from '../../ui/feedback/note.tsx';
import { Details, Loaded, RecordPage } from '../../ui/page/record-page.tsx';
import { EditRole, RoleActions } from './role-actions.tsx';
import { RoleHolders } from './role-holders.tsx';
import { RoleMarks } from './role-name.tsx';
import { RolePermissions } from './role-permissions.tsx';
import { RoleVersions } from './versions/versions.tsx';

export default function RolePage() {
  return <Loaded found={useRecord<RoleDetail>()}>{(role) => <RoleContent role={role} />}</Loaded>;
}

function RoleContent({ role }: { role: RoleDetail }) {
  return (
    <RecordPage
      title={roleName(role)}
      lead={
        <>
          <RoleMarks role={role} /> {roleDescription(role)}
        </>
      }
      secondary={<RoleActions role={role} />}
      primary={<EditRole role={role} />}
      details={<RoleDetails role={role} />}
    >
      {role.isSystem ? <Note>{t('roles.system_note')}</Note> : null}
      <RolePermissions role={role} />
      <RoleHolders role={role} />
      <RoleVersions role={role} />
      <AuditTimeline title={t('roles.timeline')} filter={{ targetId: role.id }} />
    </RecordPage>
  );
}

/** Facts of a role, with the roles it inherits from and those that inherit from it. */
function RoleDetails({ role }: { role: RoleDetail }) {
  const scope = useTenantScope();
  const { parent, children, identityRole, createdAt, updatedAt } = role;
  const chip = (other: RoleRef) => <RoleChip key={other.id} role={other} to={scope.to(`roles/${other.id}`)} />;
  return (
    <Details
      rows={{
        [t('roles.kind')]: t(role.isSystem ? 'roles.system' : 'roles.custom'),
        [t('roles.key')]: <code translate="no">{role.key}</code>,
        [t('roles.inherits')]: parent && chip(parent),
        [t('roles.inherited_by')]: children.length > 0 && (
          <Flex wrap gap={4}>
            {children.map(chip)}
          </Flex>
        ),
        [t('roles.new_members')]: role.isDefault && t('roles.new_members_default'),
        [t('roles.sign_up')]: role.isSelfAssignable && t('roles.sign_up_self_assignable'),
        [t('roles.identity_role')]: identityRole && <code translate="no">{identityRole}</code>,
        [t('roles.created_at')]: <When at={createdAt} />,
        [t('roles.updated_at')]: updatedAt !== createdAt && <When at={updatedAt} />,
      }}
      links={{
        [t('access_history.of_role')]:
          scope.can('access:explain') && historyPath(scope.base, { view: 'role', roleId: role.id }),
      }}
    />
  );
}
