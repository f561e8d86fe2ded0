import type { RoleDetail } from 'bff/contract';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { PlannedChange } from '../../features/preview/dry-run.ts';
import { usePlannedEffect } from '../../features/preview/planned-effect.tsx';
import { formatList, wholeNumber } from '../../i18n/format.ts';
import { useI18n } from '../../i18n/i18n.ts';
import { useChange } from '../../providers/data/use-change.ts';
import { useRows } from '../../providers/data/use-rows.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { ConfirmDialog } from '../../ui/feedback/confirm-dialog.tsx';
import { Field } from '../../ui/form/field.tsx';
import { Icon } from '../../ui/icon.tsx';

type Props = { role: RoleDetail; onClose: () => void };

/** Deletes a role: shows holders and child roles, asks for a replacement, previews the effect. */
export default function DeleteDialog({ role, onClose }: Props) {
  const { t } = useI18n();
  const scope = useTenantScope();
  const navigate = useNavigate();
  const { send } = useChange();
  const [remapTo, setRemapTo] = useState('');
  const { id, name, version, memberCount, children, parent } = role;
  const isFree = memberCount === 0 && children.length === 0;

  const path = `${scope.resource('roles')}/${id}`;
  const isChosen = isFree || remapTo !== '';
  const planned: PlannedChange = {
    method: 'DELETE',
    path,
    version,
    ...(remapTo ? { query: { remapTo } } : {}),
  };
  const effect = usePlannedEffect(isChosen ? planned : undefined, name);
  const remove = () =>
    send({
      method: 'delete',
      path: remapTo ? `${path}?${new URLSearchParams({ remapTo })}` : path,
      version,
      done: t('roles.deleted', { name }),
      onDone: () => navigate(scope.to('roles')),
    });

  return (
    <ConfirmDialog
      open
      title={t('roles.delete_title', { name })}
      action={t('roles.delete_action', { name })}
      danger
      ready={isChosen && effect.ready}
      onConfirm={remove}
      onClose={onClose}
    >
      {isFree ? <p>{t('roles.delete_unused', { name })}</p> : null}
      <ul className="dialog-list">
        {memberCount > 0 ? (
          <li>{t('roles.delete_members', { count: memberCount, n: wholeNumber(memberCount) })}</li>
        ) : null}
        {children.length > 0 ? (
          <li>
            {t(parent ? 'roles.delete_children' : 'roles.delete_children_no_parent', {
              count: children.length,
              n: wholeNumber(children.length),
              roles: formatList(children.map((child) => child.name)),
              parent: parent?.name ?? '',
            })}
          </li>
        ) : null}
      </ul>
      <RemapField role={role} isFree={isFree} remapTo={remapTo} onChange={setRemapTo} />
      {effect.view}
    </ConfirmDialog>
  );
}

type RemapProps = { role: RoleDetail; isFree: boolean; remapTo: string; onChange: (roleId: string) => void };

function RemapField({ role, isFree, remapTo, onChange }: RemapProps) {
  const { t } = useI18n();
  const scope = useTenantScope();
  const { rows } = useRows<'roles'>(scope.resource('roles'), { sort: 'name', limit: 100 });
  const others = (rows ?? []).filter(({ id, isOwner }) => id !== role.id && !isOwner);
  return (
    <div className="remap-field">
      <Field label={t('roles.remap')} optional={isFree} hint={t('roles.remap_hint')}>
        {(control) => (
          <span className="form-select">
            <select {...control} value={remapTo} onChange={(event) => onChange(event.target.value)}>
              <option value="" disabled={!isFree}>
                {t(isFree ? 'roles.remap_none' : 'roles.remap_choose')}
              </option>
              {others.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </select>
            <Icon name="chevron" size={16} />
          </span>
        )}
      </Field>
    </div>
  );
}
