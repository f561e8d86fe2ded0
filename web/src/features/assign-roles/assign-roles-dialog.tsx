import type { Member, Row } from 'bff/contract';
import { useState } from 'react';
import { formatList } from '../../i18n/format.ts';
import { useI18n } from '../../i18n/i18n.ts';
import { roleName } from '../../i18n/role-name.ts';
import { useChange } from '../../providers/data/use-change.ts';
import { useRows } from '../../providers/data/use-rows.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { ActionDialog } from '../../ui/dialog/action-dialog.tsx';
import { ErrorState } from '../../ui/feedback/error-state.tsx';
import { ListSkeleton } from '../../ui/feedback/skeleton.tsx';
import { RoleChoices } from '../../ui/form/role-choices.tsx';
import { RoleDates } from './role-dates.tsx';
import { extended } from './role-days.ts';
import { changesOf, draftOf, type RolesDraft, rolesBody, withRoles } from './roles-draft.ts';

type Props = {
  member: Member;
  name: string;
  onClose: () => void;
  /** A role to preselect. */
  add?: string;
  /** A role whose end is moved by its original length. */
  extend?: string;
};

function startOf({ member, add, extend }: Props): RolesDraft {
  const held = draftOf(member);
  const draft = withRoles(held, [...Object.keys(held), ...(add ? [add] : [])]);
  const role = member.roles.find(({ id }) => id === extend);
  const period = role && draft[role.id];
  if (!period || !role.validUntil) return draft;
  return { ...draft, [role.id]: { ...period, until: extended({ from: role.validFrom, until: role.validUntil }) } };
}

/** Edits all roles of a member beside the impact. */
export default function AssignRolesDialog(props: Props) {
  const { t } = useI18n();
  const { member, name, onClose } = props;
  const scope = useTenantScope();
  const { rows, error, retry } = useRows<'roles'>(scope.resource('roles'), { sort: 'name', limit: 100 });
  const [draft, setDraft] = useState(() => startOf(props));
  const { send } = useChange();
  const { added, removed, rescheduled, endsBeforeStart } = changesOf(member, draft);
  const isChanged = added.length + removed.length + rescheduled.length > 0;
  const path = `${scope.resource('members')}/${member.id}`;
  const body = { roles: rolesBody(member, draft) };
  const done = t('members.roles_saved', { name });
  const isPlanned = isChanged && !endsBeforeStart;

  const save = (reason: string | undefined) =>
    send<Member>({
      method: 'patch',
      path,
      version: member.version,
      body: { ...body, ...(reason ? { reason } : {}) },
      done,
      undo: ({ version }) => ({
        method: 'patch',
        path,
        version,
        body: { roles: rolesBody(member, draftOf(member)) },
        done,
      }),
    });
  return (
    <ActionDialog
      title={t('members.change_roles_of', { name })}
      action={t('members.save_roles')}
      reason
      ready={isPlanned}
      dirty={isChanged}
      changes={isPlanned ? [{ method: 'PATCH', path, version: member.version, body }] : []}
      confirmName={scope.name}
      onConfirm={save}
      onClose={onClose}
    >
      {error ? <ErrorState error={error} onRetry={retry} /> : null}
      {rows ? (
        <>
          <Choices {...{ ...props, roles: rows, draft, setDraft }} />
          <Summary
            {...{ member, roles: rows, added, removed, rescheduled }}
            isEmpty={Object.keys(draft).length === 0}
          />
        </>
      ) : null}
      {rows || error ? null : <ListSkeleton rows={4} columns={1} />}
    </ActionDialog>
  );
}

type ChoicesProps = Props & {
  roles: Row<'roles'>[];
  draft: RolesDraft;
  setDraft: (next: (now: RolesDraft) => RolesDraft) => void;
};

function Choices({ member, add, roles, draft, setDraft }: ChoicesProps) {
  const heldRole = (id: string) => member.roles.find((role) => role.id === id);
  const rank = ({ id }: Row<'roles'>) => Number(heldRole(id) !== undefined || id === add);
  return (
    <RoleChoices
      roles={[...roles].sort((one, other) => rank(other) - rank(one))}
      value={Object.keys(draft)}
      onChange={(ids) => setDraft((now) => withRoles(now, ids))}
      more={(role) => (
        <RoleDates
          name={roleName(role)}
          held={heldRole(role.id)}
          period={draft[role.id] ?? { from: null, until: null }}
          onChange={(period) => setDraft((now) => ({ ...now, [role.id]: period }))}
        />
      )}
    />
  );
}

type SummaryProps = Omit<ReturnType<typeof changesOf>, 'endsBeforeStart'> & {
  member: Member;
  roles: Row<'roles'>[];
  isEmpty: boolean;
};

/** What is chosen, in words. */
function Summary({ member, roles, added, removed, rescheduled, isEmpty }: SummaryProps) {
  const { t } = useI18n();
  const named = (ids: string[]) =>
    formatList(ids.flatMap((id) => [...roles, ...member.roles].find((role) => role.id === id) ?? []).map(roleName));
  const said = [
    added.length > 0 ? t('members.assigns', { roles: named(added) }) : '',
    removed.length > 0 ? t('members.removes', { roles: named(removed) }) : '',
    rescheduled.length > 0 ? t('members.changes_dates', { roles: named(rescheduled) }) : '',
    isEmpty ? t('members.no_roles_left') : '',
  ].filter(Boolean);
  return (
    <p className="muted" aria-live="polite">
      {said.length > 0 ? said.join(' ') : t('members.no_change')}
    </p>
  );
}
