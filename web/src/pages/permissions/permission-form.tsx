import { Button, Input } from 'antd';
import { type Create, PERMISSION_CODE, type Permission } from 'bff/contract';
import type { ChangeEvent } from 'react';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { ApiError } from '../../core/api.ts';
import { errorText } from '../../i18n/error-text.ts';
import { useI18n } from '../../i18n/i18n.ts';
import { useChange } from '../../providers/data/use-change.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { PermissionTag } from '../../ui/chips/permission-tag.tsx';
import { Field, fieldErrorOf } from '../../ui/form/field.tsx';

/** Stands for the other part of the code. */
const ANY = 'a';
type FieldErrors = { resource?: string; action?: string; code?: string; description?: string };

/** A permission of the host app: resource, action and description. */
export function PermissionForm({ onClose }: { onClose: () => void }) {
  const { t } = useI18n();
  const scope = useTenantScope();
  const navigate = useNavigate();
  const { send, busy } = useChange();
  const [values, setValues] = useState({ resource: '', action: '', description: '' });
  const [fieldErrors, setFieldErrors] = useState<FieldErrors>({});
  const { resource, action, description } = values;
  const code = `${resource}:${action}`;

  const typed = (name: keyof typeof values) => (event: ChangeEvent<HTMLInputElement | HTMLTextAreaElement>) => {
    const text = event.target.value;
    setValues((current) => ({ ...current, [name]: name === 'description' ? text : text.trim().toLowerCase() }));
    setFieldErrors({});
  };

  function onError(error: ApiError) {
    const codeError = error.code === 'permission_exists' ? errorText(error) : fieldErrorOf(error, 'code');
    const about = fieldErrorOf(error, 'description');
    setFieldErrors({ ...(codeError ? { code: codeError } : {}), ...(about ? { description: about } : {}) });
    return codeError !== undefined || about !== undefined;
  }

  async function save() {
    const wrong: FieldErrors = {
      ...(PERMISSION_CODE.test(`${resource}:${ANY}`) ? {} : { resource: t('permissions.part_invalid') }),
      ...(!action.includes(':') && PERMISSION_CODE.test(`${ANY}:${action}`)
        ? {}
        : { action: t('permissions.part_invalid') }),
      ...(description.trim() === '' ? { description: t('permissions.description_missing') } : {}),
    };
    setFieldErrors(wrong);
    if (Object.keys(wrong).length > 0) return;
    const body: Create<'permissions'> = { code, description: description.trim() };
    const done = t('permissions.added', { code });
    const onDone = (made: Permission) => {
      onClose();
      navigate(scope.to(`permissions/${encodeURIComponent(made.code)}`));
    };
    await send<Permission>({ method: 'post', path: 'permissions', body, done, onDone, onError });
  }

  const part = { autoComplete: 'off', spellCheck: false, className: 'mono' };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <p className="dialog-text permission-about">{t('permissions.add_text')}</p>
      <div className="permission-parts">
        <Field label={t('permissions.resource')} hint={t('permissions.resource_hint')} error={fieldErrors.resource}>
          {(control) => (
            <Input {...control} {...part} maxLength={127} value={resource} autoFocus onChange={typed('resource')} />
          )}
        </Field>
        <Field label={t('permissions.action')} hint={t('permissions.action_hint')} error={fieldErrors.action}>
          {(control) => <Input {...control} {...part} maxLength={63} value={action} onChange={typed('action')} />}
        </Field>
      </div>
      <p
        className={fieldErrors.code ? 'form-field-error permission-code' : 'form-hint permission-code'}
        aria-live="polite"
      >
        {resource && action ? <PermissionTag code={code} /> : null} {fieldErrors.code ?? t('permissions.code_fixed')}
      </p>
      <Field
        label={t('permissions.description')}
        hint={t('permissions.description_hint')}
        error={fieldErrors.description}
      >
        {(control) => (
          <Input.TextArea
            {...control}
            value={description}
            maxLength={300}
            autoSize={{ minRows: 2, maxRows: 5 }}
            onChange={typed('description')}
          />
        )}
      </Field>
      <div className="dialog-actions">
        <Button onClick={onClose}>{t('action.cancel')}</Button>
        <Button type="primary" htmlType="submit" loading={busy}>
          {t('permissions.add')}
        </Button>
      </div>
    </form>
  );
}
