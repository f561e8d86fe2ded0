import { Button, Input } from 'antd';
import { roleKeyOfFolded } from 'bff/contract';
import { useFold } from '../../../core/fold.ts';
import { useI18n } from '../../../i18n/i18n.ts';
import { CheckField, Field } from '../../../ui/form/field.tsx';
import type { RoleFormState } from './use-role-form.ts';

/** Name, key and description. */
export function RoleTextFields({ form, isNew }: { form: RoleFormState; isNew: boolean }) {
  const { t } = useI18n();
  const { draft, set, fieldErrors } = form;
  const fold = useFold();
  return (
    <>
      <div className={isNew ? 'role-form-pair' : undefined}>
        <Field label={t('roles.name')} error={fieldErrors.name}>
          {(control) => (
            <Input
              {...control}
              value={draft.name}
              maxLength={80}
              autoFocus
              autoComplete="off"
              onChange={(event) => set({ name: event.target.value })}
            />
          )}
        </Field>
        {isNew ? (
          <Field label={t('roles.key')} optional hint={t('roles.key_hint')} error={fieldErrors.key}>
            {(control) => (
              <Input
                {...control}
                className="mono"
                value={draft.key}
                placeholder={roleKeyOfFolded(fold(draft.name))}
                maxLength={63}
                autoComplete="off"
                spellCheck={false}
                onChange={(event) => set({ key: event.target.value })}
              />
            )}
          </Field>
        ) : null}
      </div>
      <Field label={t('roles.description')} optional hint={t('roles.description_hint')} error={fieldErrors.description}>
        {(control) => (
          <Input.TextArea
            {...control}
            value={draft.description}
            maxLength={500}
            autoSize={{ minRows: 2, maxRows: 6 }}
            onChange={(event) => set({ description: event.target.value })}
          />
        )}
      </Field>
    </>
  );
}

/** Settings for new members, and the reason for the change. */
export function RoleChoices({ form }: { form: RoleFormState }) {
  const { t } = useI18n();
  const { draft, set, reason, setReason } = form;
  return (
    <div className="role-form-choices">
      <CheckField
        label={t('roles.is_default')}
        hint={t('roles.is_default_hint')}
        checked={draft.isDefault}
        onChange={(isDefault) => set({ isDefault })}
      />
      <CheckField
        label={t('roles.is_self_assignable')}
        hint={t('roles.is_self_assignable_hint')}
        checked={draft.isSelfAssignable}
        onChange={(isSelfAssignable) => set({ isSelfAssignable })}
      />
      <Field label={t('form.reason')} optional hint={t('form.reason_hint')}>
        {(control) => (
          <Input {...control} value={reason} maxLength={500} onChange={(event) => setReason(event.target.value)} />
        )}
      </Field>
    </div>
  );
}

export function RoleFooter({ form, isNew, onLeave }: { form: RoleFormState; isNew: boolean; onLeave: () => void }) {
  const { t } = useI18n();
  const nothing = form.changed.length === 0;
  return (
    <footer className="role-form-footer">
      <span className="muted" aria-live="polite">
        {nothing && !isNew ? t('form.no_change') : null}
      </span>
      <Button onClick={onLeave}>{t('action.cancel')}</Button>
      <Button type="primary" htmlType="submit" loading={form.busy} disabled={nothing && !isNew}>
        {isNew ? t('roles.create') : form.isStale ? t('form.save_your_version') : t('roles.save')}
      </Button>
    </footer>
  );
}
