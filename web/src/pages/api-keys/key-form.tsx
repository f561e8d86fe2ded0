import { Button, Input } from 'antd';
import type { ApiKeyCreated, Create } from 'bff/contract';
import type { FormEvent } from 'react';
import { useState } from 'react';
import { useI18n } from '../../i18n/i18n.ts';
import { useChange } from '../../providers/data/use-change.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { Field, fieldErrorOf } from '../../ui/form/field.tsx';
import { Icon } from '../../ui/icon.tsx';

const DAYS = [7, 30, 90, 180, 365];
const USUAL_DAYS = 90;

type Props = { onCreated: (created: ApiKeyCreated) => void; onClose: () => void };

export function KeyForm({ onCreated, onClose }: Props) {
  const { t } = useI18n();
  const scope = useTenantScope();
  const { send, busy } = useChange();
  const [name, setName] = useState('');
  const [days, setDays] = useState<number | null>(USUAL_DAYS);
  const [nameError, setNameError] = useState<string>();

  async function create(event: FormEvent) {
    event.preventDefault();
    const body: Create<'api-keys'> = { name: name.trim(), expiresInDays: days };
    if (body.name === '') return setNameError(t('api_keys.name_missing'));
    await send<ApiKeyCreated>({
      method: 'post',
      path: scope.resource('api-keys'),
      body,
      done: t('api_keys.created_done', { name: body.name }),
      onDone: onCreated,
      onError: (error) => {
        const failure = fieldErrorOf(error, 'name');
        setNameError(failure);
        return failure !== undefined;
      },
    });
  }

  return (
    <form noValidate onSubmit={create}>
      <p className="dialog-text api-key-about">{t('api_keys.create_about')}</p>
      <Field label={t('api_keys.name')} hint={t('api_keys.name_hint')} error={nameError}>
        {(control) => (
          <Input
            {...control}
            value={name}
            maxLength={80}
            autoFocus
            autoComplete="off"
            onChange={(event) => {
              setName(event.target.value);
              setNameError(undefined);
            }}
          />
        )}
      </Field>
      <Field label={t('api_keys.expires_after')} hint={t('api_keys.expires_hint')}>
        {(control) => (
          <span className="form-select">
            <select
              {...control}
              value={days ?? ''}
              onChange={(event) => setDays(event.target.value ? Number(event.target.value) : null)}
            >
              {DAYS.map((count) => (
                <option key={count} value={count}>
                  {t('api_keys.days', { count })}
                </option>
              ))}
              <option value="">{t('api_keys.until_revoked')}</option>
            </select>
            <Icon name="chevron" size={16} />
          </span>
        )}
      </Field>
      <div className="dialog-actions">
        <Button onClick={onClose}>{t('action.cancel')}</Button>
        <Button type="primary" htmlType="submit" loading={busy}>
          {t('api_keys.create')}
        </Button>
      </div>
    </form>
  );
}
