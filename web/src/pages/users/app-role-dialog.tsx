import type { UserDetail } from 'bff/contract';
import { useState } from 'react';
import { usePlannedEffect } from '../../features/preview/planned-effect.tsx';
import { useI18n } from '../../i18n/i18n.ts';
import { useChange } from '../../providers/data/use-change.ts';
import { ConfirmDialog } from '../../ui/feedback/confirm-dialog.tsx';
import { Field } from '../../ui/form/field.tsx';
import { Icon } from '../../ui/icon.tsx';

type Props = {
  open: boolean;
  user: UserDetail;
  name: string;
  roles: { key: string; name: string }[];
  onClose: () => void;
};

/** Changes the app role of a user, with a preview. */
export function AppRoleDialog({ open, user, name, roles, onClose }: Props) {
  const { t } = useI18n();
  const { send } = useChange();
  const now = user.appRole?.key ?? '';
  const [role, setRole] = useState(now);
  const path = `users/${encodeURIComponent(user.id)}`;
  const isOther = role !== '' && role !== now;
  // The only affected user is the one on this page, so names are not links.
  const effect = usePlannedEffect(
    open && isOther ? { method: 'PATCH', path, body: { role } } : undefined,
    name,
    noLink,
  );
  const chosen = roles.find(({ key }) => key === role)?.name ?? role;
  const save = (reason: string | undefined) =>
    send({
      method: 'patch',
      path,
      body: { role, ...(reason ? { reason } : {}) },
      done: t('users.app_role_changed', { name, role: chosen }),
    });
  return (
    <ConfirmDialog
      open={open}
      title={t('users.change_app_role_of', { name })}
      action={t('users.change_app_role')}
      withReason
      ready={isOther && effect.ready}
      onConfirm={save}
      onClose={onClose}
    >
      <Field label={t('users.app_role')}>
        {(control) => (
          <span className="form-select">
            <select {...control} value={role} onChange={({ target }) => setRole(target.value)}>
              {now === '' ? <option value="">{t('role.none')}</option> : null}
              {roles.map(({ key, name: title }) => (
                <option key={key} value={key}>
                  {title}
                </option>
              ))}
            </select>
            <Icon name="chevron" size={16} />
          </span>
        )}
      </Field>
      {effect.view}
    </ConfirmDialog>
  );
}

const noLink = () => undefined;
