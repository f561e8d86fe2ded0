import './tenants.css';
import { Button, Input } from 'antd';
import { slugOfFolded } from 'bff/contract';
import { useState } from 'react';
import type { ApiError } from '../../core/api.ts';
import { useFold } from '../../core/fold.ts';
import { errorText } from '../../i18n/error-text.ts';
import { useI18n } from '../../i18n/i18n.ts';
import { Field, fieldErrorOf } from '../../ui/form/field.tsx';

export type TenantNames = { name: string; slug: string };
const SLUG = /^(?=.{2,63}$)[a-z0-9]+(-[a-z0-9]+)*$/;

type Props = {
  /** The stored values, when editing. */
  stored?: TenantNames;
  /** Initial values other than the stored ones. */
  typed?: TenantNames | undefined;
  /** Whether the slug can be changed too. */
  withSlug?: boolean;
  busy: boolean;
  action: string;
  onSave: (names: TenantNames, onError: (error: ApiError) => boolean) => Promise<unknown>;
  onClose: () => void;
};

/** Name and slug; the slug of a new tenant follows its name until it is edited. */
export function TenantForm({ stored, typed = stored, withSlug = true, busy, action, onSave, onClose }: Props) {
  const { t } = useI18n();
  const fold = useFold();
  const [name, setName] = useState(typed?.name ?? '');
  const [typedSlug, setTypedSlug] = useState(typed?.slug);
  const [fieldErrors, setFieldErrors] = useState<Partial<TenantNames>>({});
  const slug = typedSlug ?? slugOfFolded(fold(name));
  const names = { name: name.trim(), slug };
  const changed = names.name !== stored?.name || slug !== stored?.slug;
  const address = `${location.origin}/t/${slug || '…'}`;

  function onError(error: ApiError): boolean {
    const nameError = fieldErrorOf(error, 'name');
    const slugError = error.code === 'slug_taken' ? errorText(error) : fieldErrorOf(error, 'slug');
    setFieldErrors({ ...(nameError ? { name: nameError } : {}), ...(slugError ? { slug: slugError } : {}) });
    return nameError !== undefined || slugError !== undefined;
  }

  async function save() {
    const wrong = {
      ...(names.name === '' ? { name: t('tenants.name_missing') } : {}),
      ...(SLUG.test(slug) ? {} : { slug: t('tenants.slug_invalid') }),
    };
    setFieldErrors(wrong);
    if (Object.keys(wrong).length === 0) await onSave(names, onError);
  }

  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Field label={t('tenants.name')} hint={t('tenants.name_hint')} error={fieldErrors.name}>
        {(control) => (
          <Input
            {...control}
            value={name}
            maxLength={120}
            autoFocus
            autoComplete="off"
            onChange={(event) => {
              setName(event.target.value);
              setFieldErrors({});
            }}
          />
        )}
      </Field>
      {withSlug ? (
        <Field
          label={t('tenants.slug')}
          hint={stored && slug !== stored.slug ? t('tenants.slug_warning') : t('tenants.slug_hint', { address })}
          error={fieldErrors.slug}
        >
          {(control) => (
            <Input
              {...control}
              className="mono"
              value={slug}
              maxLength={63}
              autoComplete="off"
              spellCheck={false}
              onChange={(event) => {
                setTypedSlug(event.target.value.toLowerCase().replaceAll(/\s+/g, '-'));
                setFieldErrors({});
              }}
            />
          )}
        </Field>
      ) : null}
      <div className="dialog-actions">
        <Button onClick={onClose}>{t('action.cancel')}</Button>
        <Button type="primary" htmlType="submit" loading={busy} disabled={!changed}>
          {action}
        </Button>
      </div>
    </form>
  );
}
