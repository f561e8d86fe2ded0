import { Button, Input, Modal } from 'antd';
import type { Permission } from 'bff/contract';
import { useState } from 'react';
import type { ApiError } from '../../core/api.ts';
import { useI18n } from '../../i18n/i18n.ts';
import { useChange } from '../../providers/data/use-change.ts';
import { Field, fieldErrorOf } from '../../ui/form/field.tsx';
import { PermissionButton } from '../../ui/form/permission-button.tsx';
import { StaleSave } from '../../ui/form/stale-save.tsx';

export function EditDescription({ permission }: { permission: Permission }) {
  const { t } = useI18n();
  const [open, setOpen] = useState(false);
  const { code, isSystem } = permission;
  return (
    <>
      <PermissionButton
        type="primary"
        permission="permissions:update"
        blocked={isSystem ? t('permissions.is_system') : undefined}
        onClick={() => setOpen(true)}
      >
        {t('permissions.edit')}
      </PermissionButton>
      <Modal
        open={open}
        title={t('permissions.edit_title', { code })}
        footer={null}
        width={520}
        maskClosable={false}
        onCancel={() => setOpen(false)}
        destroyOnHidden
      >
        <DescriptionForm permission={permission} onClose={() => setOpen(false)} />
      </Modal>
    </>
  );
}

function DescriptionForm({ permission, onClose }: { permission: Permission; onClose: () => void }) {
  const { t } = useI18n();
  const { send, busy } = useChange();
  const [base, setBase] = useState(permission);
  const [isStale, setStale] = useState(false);
  const [description, setDescription] = useState(permission.description);
  const [fieldError, setFieldError] = useState<string>();
  const wanted = description.trim();
  const changed = wanted !== base.description;

  function onError(error: ApiError) {
    if (error.code === 'stale_version' && error.problem.current) {
      setBase(error.problem.current as Permission);
      setStale(true);
      return true;
    }
    const text = fieldErrorOf(error, 'description');
    setFieldError(text);
    return text !== undefined;
  }

  async function save() {
    if (wanted === '') return setFieldError(t('permissions.description_missing'));
    const { code, version } = base;
    await send<Permission>({
      method: 'patch',
      path: `permissions/${encodeURIComponent(code)}`,
      body: { description: wanted },
      version,
      done: t('permissions.saved', { code }),
      onDone: onClose,
      onError,
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
      {isStale ? (
        <StaleSave
          stored={changed ? { description: base.description } : {}}
          yours={changed ? { description: wanted } : {}}
        />
      ) : null}
      <Field label={t('permissions.description')} hint={t('permissions.description_hint')} error={fieldError}>
        {(control) => (
          <Input.TextArea
            {...control}
            value={description}
            maxLength={300}
            autoSize={{ minRows: 2, maxRows: 5 }}
            autoFocus
            onChange={(event) => {
              setDescription(event.target.value);
              setFieldError(undefined);
            }}
          />
        )}
      </Field>
      <div className="dialog-actions">
        <Button onClick={onClose}>{t('action.cancel')}</Button>
        <Button type="primary" htmlType="submit" loading={busy} disabled={!changed}>
          {t(isStale ? 'form.save_your_version' : 'permissions.save')}
        </Button>
      </div>
    </form>
  );
}
