import { Button, Input, Modal } from 'antd';
import { type RoleDetail, truncate, withoutIsolates } from 'bff/contract';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { ApiError } from '../../core/api.ts';
import { useI18n } from '../../i18n/i18n.ts';
import { useChange } from '../../providers/data/use-change.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { Field, fieldErrorOf } from '../../ui/form/field.tsx';

type Props = { role: RoleDetail; onClose: () => void };

export default function CloneDialog({ role, onClose }: Props) {
  const { t } = useI18n();
  return (
    <Modal
      open
      title={t('roles.clone_title', { name: role.name })}
      footer={null}
      onCancel={onClose}
      destroyOnHidden
      width={460}
    >
      <CloneForm role={role} onClose={onClose} />
    </Modal>
  );
}

function CloneForm({ role, onClose }: Props) {
  const { t } = useI18n();
  const scope = useTenantScope();
  const navigate = useNavigate();
  const { send, busy } = useChange();
  const [name, setName] = useState(() => truncate(withoutIsolates(t('roles.clone_name', { name: role.name })), 80));
  const [nameError, setNameError] = useState<string>();

  function onError(error: ApiError): boolean {
    const isTaken = error.code === 'role_key_taken';
    const found = isTaken ? t('roles.name_taken_clone') : fieldErrorOf(error, 'name');
    setNameError(found);
    return found !== undefined;
  }

  async function save() {
    if (name.trim() === '') return setNameError(t('roles.name_missing'));
    await send<RoleDetail>({
      method: 'post',
      path: `${scope.resource('roles')}/${role.id}/clone`,
      body: { name: name.trim() },
      done: t('roles.created', { name: name.trim() }),
      onError,
      onDone: ({ id }) => {
        onClose();
        navigate(scope.to(`roles/${id}`));
      },
    });
  }

  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <p className="dialog-text clone-text">{t('roles.clone_text', { name: role.name })}</p>
      <Field label={t('roles.name')} error={nameError}>
        {(control) => (
          <Input
            {...control}
            value={name}
            maxLength={80}
            autoFocus
            autoComplete="off"
            onFocus={(event) => event.target.select()}
            onChange={(event) => {
              setName(event.target.value);
              setNameError(undefined);
            }}
          />
        )}
      </Field>
      <div className="dialog-actions">
        <Button onClick={onClose}>{t('action.cancel')}</Button>
        <Button type="primary" htmlType="submit" loading={busy}>
          {t('roles.clone')}
        </Button>
      </div>
    </form>
  );
}
