import './members.css';
import type { Member, MemberRole } from 'bff/contract';
import { AssignRolesDialog } from '../../features/assign-roles/assign-roles.tsx';
import { extended } from '../../features/assign-roles/role-days.ts';
import { draftOf, rolesBody } from '../../features/assign-roles/roles-draft.ts';
import { longDate } from '../../i18n/format.ts';
import { t } from '../../i18n/i18n.ts';
import { rich } from '../../i18n/rich.ts';
import { roleName } from '../../i18n/role-name.ts';
import { type Change, useChange } from '../../providers/data/use-change.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { RoleChip } from '../../ui/chips/role-chip.tsx';
import { When } from '../../ui/chips/when.tsx';
import { DialogButton } from '../../ui/form/action-button.tsx';
import { Section } from '../../ui/page/section.tsx';

/** The roles of a member and who assigned each. */
export function MemberRoles({ member, name }: { member: Member; name: string }) {
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

type Props = { member: Member; role: MemberRole; name: string };

/** Extends an assignment by its original length, in one click. */
function ExtendRole({ member, role, name }: Props) {
  const scope = useTenantScope();
  const { send, busy } = useChange();
  const { id, validFrom, validUntil } = role;
  if (!validUntil || member.status === 'left' || !scope.can('roles:assign')) return null;
  const until = extended({ from: validFrom, until: validUntil });
  const day = longDate(until);
  const draft = draftOf(member);
  const change = (end: string, version: number, done: string): Change<Member> => ({
    method: 'patch',
    path: `${scope.resource('members')}/${member.id}`,
    body: { roles: rolesBody(member, { ...draft, [id]: { from: draft[id]?.from ?? null, until: end } }) },
    version,
    done,
  });
  const extend = () =>
    send({
      ...change(until, member.version, t('role.extended', { name, role: roleName(role), day })),
      undo: ({ version }) => change(validUntil, version, t('members.roles_saved', { name })),
    });
  return (
    <button
      type="button"
      className="text-button extend-role"
      disabled={busy}
      aria-label={t('role.extend_of', { role: roleName(role), day })}
      onClick={extend}
    >
      {t('role.extend_to', { day })}
    </button>
  );
}
