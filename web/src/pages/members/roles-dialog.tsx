import { Button, Modal } from 'antd';
import type { Member, Row, Update } from 'bff/contract';
import { useState } from 'react';
import { inWords } from '../../i18n/format.ts';
import { useI18n } from '../../i18n/i18n.ts';
import { usePreview } from '../../preview/use-preview.tsx';
import { usePlace } from '../../providers/place.tsx';
import { useChange } from '../../providers/use-change.ts';
import { useRows } from '../../providers/use-rows.ts';
import { ErrorState } from '../../ui/error-state.tsx';
import type { Chosen } from '../../ui/role-choices.tsx';
import { RoleChoices } from '../../ui/role-choices.tsx';
import { ListSkeleton } from '../../ui/skeleton.tsx';

type Props = {
  open: boolean;
  member: Member;
  name: string;
  onClose: () => void;
  /** A role to tick, when somebody comes to give it. */
  add?: string;
};

/** Choose the whole set of roles; says what is given and taken before it is saved. */
export function RolesDialog(props: Props) {
  const { t } = useI18n();
  const { open, name, onClose } = props;
  return (
    <Modal
      open={open}
      title={t('members.change_roles_of', { name })}
      footer={null}
      onCancel={onClose}
      destroyOnHidden
      width={520}
    >
      <RolesForm {...props} />
    </Modal>
  );
}

const held = (member: Member): Chosen => Object.fromEntries(member.roles.map((role) => [role.id, role.validUntil]));

function RolesForm({ member, name, onClose, add }: Props) {
  const { t } = useI18n();
  const place = usePlace();
  const { rows, error, retry } = useRows<'roles'>(place.resource('roles'), { sort: 'name', limit: 100 });
  const [chosen, setChosen] = useState<Chosen>(() => (add ? { [add]: null, ...held(member) } : held(member)));
  const { send, busy } = useChange();
  const preview = usePreview({ action: t('members.save_roles'), name: place.name });
  const before = held(member);

  const given = (rows ?? []).filter((role) => role.id in chosen && !(role.id in before)).map((role) => role.name);
  const taken = member.roles.filter((role) => !(role.id in chosen)).map((role) => role.name);
  const changed = JSON.stringify(Object.entries(chosen).sort()) !== JSON.stringify(Object.entries(before).sort());

  async function save() {
    const primary = member.roles.find((role) => role.isPrimary && role.id in chosen)?.id ?? Object.keys(chosen)[0];
    const body: Update<'members'> = {
      roles: Object.entries(chosen).map(([roleId, validUntil]) => ({
        roleId,
        validUntil,
        isPrimary: roleId === primary,
      })),
    };
    const path = `${place.resource('members')}/${member.id}`;
    const change = { path, body, version: member.version };
    if (!(await preview.agreed([{ method: 'PATCH', ...change }]))) return;
    const done = t('members.roles_saved', { name });
    if (await send({ method: 'patch', ...change, done })) onClose();
  }

  const isHeld = (role: Row<'roles'>) => Number(role.id in before || role.id === add);
  const heldFirst = [...(rows ?? [])].sort((one, other) => isHeld(other) - isHeld(one));

  if (error) return <ErrorState error={error} onRetry={retry} />;
  if (!rows) return <ListSkeleton rows={4} columns={1} />;
  return (
    <>
      <RoleChoices withUntil roles={heldFirst} chosen={chosen} onChange={setChosen} />
      <RolesFooter
        summary={
          changed
            ? [
                given.length > 0 ? t('members.gives', { roles: inWords(given) }) : '',
                taken.length > 0 ? t('members.takes', { roles: inWords(taken) }) : '',
                Object.keys(chosen).length === 0 ? t('members.no_roles_left') : '',
              ].join(' ')
            : t('members.no_change')
        }
        {...{ changed, onClose, onSave: save }}
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
      <p className="role-summary quiet" aria-live="polite">
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
