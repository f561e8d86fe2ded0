import type { Member, MemberRole } from 'bff/contract';
import { extended } from '../../features/assign-roles/role-days.ts';
import { draftOf, rolesBody } from '../../features/assign-roles/roles-draft.ts';
import { longDate } from '../../i18n/format.ts';
import { useI18n } from '../../i18n/i18n.ts';
import { roleName } from '../../i18n/role-name.ts';
import { type Change, useChange } from '../../providers/data/use-change.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';

type Props = { member: Member; role: MemberRole; name: string };

/** Extends an assignment by its original length, in one click. */
export function ExtendRole({ member, role, name }: Props) {
  const { t } = useI18n();
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
