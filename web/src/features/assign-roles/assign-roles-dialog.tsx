import { Form } from 'antd';
import type { Member, Row } from 'bff/contract';
import { formatList } from '../../i18n/format.ts';
import { t } from '../../i18n/i18n.ts';
import { roleName } from '../../i18n/role-name.ts';
import { useAllRows } from '../../providers/data/use-all-rows.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { ActionDialog } from '../../ui/dialog/action-dialog.tsx';
import { RoleChoices } from '../../ui/form/role-choices.tsx';
import { StaleSave } from '../../ui/form/stale-save.tsx';
import { useRecordForm } from '../../ui/form/use-record-form.ts';
import { Loaded } from '../../ui/page/record-page.tsx';
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
  const { member, name, onClose } = props;
  const { id, version } = member;
  const scope = useTenantScope();
  const resource = scope.resource('members');
  const path = `${resource}/${id}`;
  const { rows, error, retry } = useAllRows<'roles'>(scope.resource('roles'), { sort: 'name' });
  const bodyOf = (draft: RolesDraft) => ({ roles: rolesBody(member, draft) });
  const done = () => t('members.roles_saved', { name });
  const dialog = useRecordForm<Member, { roles: RolesDraft }>({
    ...{ resource, id, version },
    initialValues: { roles: startOf(props) },
    body: ({ roles }) => bodyOf(roles),
    fieldOf: { grant_exceeds_own: 'roles', last_owner: 'roles' },
    done,
    undo: (saved) => ({ method: 'patch', path, version: saved.version, body: bodyOf(draftOf(member)), done: done() }),
    onDone: onClose,
  });
  const draft = Form.useWatch('roles', dialog.form) ?? startOf(props);
  const { endsBeforeStart, ...changes } = changesOf(member, draft);
  const isChanged = Object.values(changes).some((ids) => ids.length > 0);
  const isPlanned = isChanged && !endsBeforeStart;
  const known = [...(rows ?? []), ...member.roles];
  const named = (ids: string[]) => ids.flatMap((role) => known.find((each) => each.id === role) ?? []).map(roleName);
  const { stale } = dialog;
  return (
    <ActionDialog
      title={t('members.change_roles_of', { name })}
      action={t(stale ? 'form.save_your_version' : 'members.save_roles')}
      form={dialog}
      reason
      ready={isPlanned}
      dirty={isChanged}
      changes={isPlanned ? [{ method: 'patch', path, version, body: bodyOf(draft) }] : []}
      confirmName={scope.name}
      onClose={onClose}
    >
      {stale ? <StaleSave stored={stale.stored} yours={{ roles: named(Object.keys(draft)) }} /> : null}
      <Loaded found={{ record: rows, error, retry }} rows={4} columns={1}>
        {(roles) => (
          <>
            <Form.Item name="roles">
              <RolesField {...props} roles={roles} />
            </Form.Item>
            <Summary {...changes} named={named} isEmpty={Object.keys(draft).length === 0} />
          </>
        )}
      </Loaded>
    </ActionDialog>
  );
}

type FieldProps = Props & {
  roles: Row<'roles'>[];
  /** Set by Form.Item. */
  value?: RolesDraft;
  onChange?: (draft: RolesDraft) => void;
};

function RolesField({ member, add, roles, value: draft = {}, onChange = () => {} }: FieldProps) {
  const heldRole = (id: string) => member.roles.find((role) => role.id === id);
  const rank = ({ id }: Row<'roles'>) => Number(heldRole(id) !== undefined || id === add);
  return (
    <RoleChoices
      roles={[...roles].sort((one, other) => rank(other) - rank(one))}
      value={Object.keys(draft)}
      onChange={(ids) => onChange(withRoles(draft, ids))}
      more={(role) => (
        <RoleDates
          name={roleName(role)}
          held={heldRole(role.id)}
          period={draft[role.id] ?? { from: null, until: null }}
          onChange={(period) => onChange({ ...draft, [role.id]: period })}
        />
      )}
    />
  );
}

type SummaryProps = Omit<ReturnType<typeof changesOf>, 'endsBeforeStart'> & {
  named: (ids: string[]) => string[];
  isEmpty: boolean;
};

/** What is chosen, in words. */
function Summary({ added, removed, rescheduled, named, isEmpty }: SummaryProps) {
  const roles = (ids: string[]) => ({ roles: formatList(named(ids)) });
  const said = [
    added.length > 0 ? t('members.assigns', roles(added)) : '',
    removed.length > 0 ? t('members.removes', roles(removed)) : '',
    rescheduled.length > 0 ? t('members.changes_dates', roles(rescheduled)) : '',
    isEmpty ? t('members.no_roles_left') : '',
  ].filter(Boolean);
  return (
    <p className="muted" aria-live="polite">
      {said.length > 0 ? said.join(' ') : t('members.no_change')}
    </p>
  );
}
