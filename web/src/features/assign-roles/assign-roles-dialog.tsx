import { Button, Input, Modal } from 'antd';
import type { Member, Row, Update } from 'bff/contract';
import { useState } from 'react';
import { formatList } from '../../i18n/format.ts';
import { useI18n } from '../../i18n/i18n.ts';
import { useChange } from '../../providers/data/use-change.ts';
import { useRows } from '../../providers/data/use-rows.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { ErrorState } from '../../ui/feedback/error-state.tsx';
import { ListSkeleton } from '../../ui/feedback/skeleton.tsx';
import { RoleChoices } from '../../ui/form/role-choices.tsx';
import { usePreview } from '../preview/use-preview.tsx';
import { RoleDates } from './role-dates.tsx';
import { changesOf, draftOf, rolesBody, withRoles } from './roles-draft.ts';

type Props = {
  open: boolean;
  member: Member;
  name: string;
  onClose: () => void;
  /** A role to preselect. */
  add?: string;
};

/** Edits all roles of a member; shows what is added and removed before saving. */
export function AssignRolesDialog(props: Props) {
  const { t } = useI18n();
  const { open, name, onClose } = props;
  return (
    <Modal
      open={open}
      title={t('members.change_roles_of', { name })}
      footer={null}
      onCancel={onClose}
      destroyOnHidden
      width={560}
    >
      <RolesForm {...props} />
    </Modal>
  );
}

function RolesForm({ member, name, onClose, add }: Props) {
  const { t } = useI18n();
  const scope = useTenantScope();
  const { rows, error, retry } = useRows<'roles'>(scope.resource('roles'), { sort: 'name', limit: 100 });
  const held = draftOf(member);
  const [draft, setDraft] = useState(() => withRoles(held, [...Object.keys(held), ...(add ? [add] : [])]));
  const [reason, setReason] = useState('');
  const { send, busy } = useChange();
  const preview = usePreview({ action: t('members.save_roles'), name: scope.name });
  const { added, removed, rescheduled, endsBeforeStart } = changesOf(member, draft);
  const changed = added.length + removed.length + rescheduled.length > 0;

  async function save() {
    const body: Update<'members'> = { roles: rolesBody(member, draft) };
    const path = `${scope.resource('members')}/${member.id}`;
    const change = { path, version: member.version };
    if (!(await preview.agreed([{ method: 'PATCH', ...change, body }]))) return;
    const done = t('members.roles_saved', { name });
    const why = reason.trim();
    if (await send({ method: 'patch', ...change, body: { ...body, ...(why ? { reason: why } : {}) }, done })) onClose();
  }

  const isHeld = (role: Row<'roles'>) => Number(role.id in held || role.id === add);
  const heldFirst = [...(rows ?? [])].sort((one, other) => isHeld(other) - isHeld(one));
  const heldRole = (id: string) => member.roles.find((role) => role.id === id);
  const named = (ids: string[]) =>
    formatList(ids.map((id) => rows?.find((role) => role.id === id)?.name ?? heldRole(id)?.name ?? ''));

  if (error) return <ErrorState error={error} onRetry={retry} />;
  if (!rows) return <ListSkeleton rows={4} columns={1} />;
  return (
    <>
      <RoleChoices
        roles={heldFirst}
        chosen={Object.keys(draft)}
        onChange={(ids) => setDraft((now) => withRoles(now, ids))}
        more={({ id, name }) => (
          <RoleDates
            name={name}
            held={heldRole(id)}
            period={draft[id] ?? { from: null, until: null }}
            onChange={(period) => setDraft((now) => ({ ...now, [id]: period }))}
          />
        )}
      />
      {changed ? (
        <Input
          className="roles-reason"
          value={reason}
          maxLength={500}
          placeholder={t('members.roles_reason')}
          aria-label={t('members.roles_reason')}
          onChange={(event) => setReason(event.target.value)}
        />
      ) : null}
      <RolesFooter
        summary={
          changed
            ? [
                added.length > 0 ? t('members.assigns', { roles: named(added) }) : '',
                removed.length > 0 ? t('members.removes', { roles: named(removed) }) : '',
                rescheduled.length > 0 ? t('members.changes_dates', { roles: named(rescheduled) }) : '',
                Object.keys(draft).length === 0 ? t('members.no_roles_left') : '',
              ].join(' ')
            : t('members.no_change')
        }
        changed={changed && !endsBeforeStart}
        onClose={onClose}
        onSave={save}
        busy={busy || preview.checking}
      />
      {preview.dialog}
    </>
  );
}

type FooterProps = { summary: string; busy: boolean; changed: boolean; onClose: () => void; onSave: () => void };

function RolesFooter({ summary, busy, changed, onClose, onSave }: FooterProps) {
  const { t } = useI18n();
  return (
    <>
      <p className="role-summary muted" aria-live="polite">
        {summary}
      </p>
      <div className="dialog-actions">
        <Button onClick={onClose}>{t('action.cancel')}</Button>
        <Button type="primary" disabled={!changed} loading={busy} onClick={onSave}>
          {t('members.save_roles')}
        </Button>
      </div>
    </>
  );
}
