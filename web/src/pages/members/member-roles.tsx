import './members.css';
import type { Member } from 'bff/contract';
import { AssignRolesDialog } from '../../features/assign-roles/assign-roles.tsx';
import { useI18n } from '../../i18n/i18n.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { RoleChip } from '../../ui/chips/role-chip.tsx';
import { When } from '../../ui/chips/when.tsx';
import { DialogButton } from '../../ui/form/action-button.tsx';
import { Section } from '../../ui/page/section.tsx';
import { ExtendRole } from './extend-role.tsx';

/** The roles of a member and who assigned each. */
export function MemberRoles({ member, name }: { member: Member; name: string }) {
  const { t, rich } = useI18n();
  const scope = useTenantScope();
  const canReadRoles = scope.can('roles:read');
  return (
    <Section
      title={t('members.roles')}
      note={t('members.roles_note')}
      actions={
        member.status === 'left' ? null : (
          <DialogButton permission="roles:assign" label={t('members.change_roles')}>
            {(close) => <AssignRolesDialog member={member} name={name} onClose={close} />}
          </DialogButton>
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
    </Section>
  );
}
