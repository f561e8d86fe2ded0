import './members.css';
import type { Member } from 'bff/contract';
import { useState } from 'react';
import { AssignRolesDialog } from '../../features/assign-roles/assign-roles-dialog.tsx';
import { useI18n } from '../../i18n/i18n.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { RoleChip } from '../../ui/chips/role-chip.tsx';
import { When } from '../../ui/chips/when.tsx';
import { PermissionButton } from '../../ui/form/permission-button.tsx';
import { Section } from '../../ui/page/section.tsx';
import { ExtendRole } from './extend-role.tsx';

/** The roles of a member and who assigned each. */
export function MemberRoles({ member, name }: { member: Member; name: string }) {
  const { t, rich } = useI18n();
  const scope = useTenantScope();
  const [open, setOpen] = useState(false);
  const canReadRoles = scope.can('roles:read');
  return (
    <Section
      title={t('members.roles')}
      note={t('members.roles_note')}
      actions={
        member.status === 'left' ? null : (
          <PermissionButton permission="roles:assign" onClick={() => setOpen(true)}>
            {t('members.change_roles')}
          </PermissionButton>
        )
      }
    >
      {member.roles.length === 0 ? <p className="empty-muted muted">{t('members.no_roles_left')}</p> : null}
      <ul className="member-roles">
        {member.roles.map((role) => (
          <li key={role.id}>
            <RoleChip
              role={role}
              isOwner={role.isOwner}
              from={role.validFrom}
              until={role.validUntil}
              to={canReadRoles ? scope.to(`roles/${role.id}`) : undefined}
            />
            <span className="muted">
              {role.isPrimary && member.roles.length > 1 ? `${t('members.primary')}, ` : ''}
              {role.grantedBy
                ? rich('members.assigned_by', { user: role.grantedBy.name, when: <When at={role.grantedAt} /> })
                : rich('members.assigned_at', { when: <When at={role.grantedAt} /> })}
            </span>
            <ExtendRole member={member} role={role} name={name} />
          </li>
        ))}
      </ul>
      <AssignRolesDialog open={open} member={member} name={name} onClose={() => setOpen(false)} />
    </Section>
  );
}
