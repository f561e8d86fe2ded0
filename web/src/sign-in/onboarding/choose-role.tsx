import './choose-role.css';
import type { RoleChoices } from 'bff/contract';
import { type FormEvent, useState } from 'react';
import { errorText } from '../../i18n/error-text.ts';
import { useI18n } from '../../i18n/i18n.ts';
import { FormError } from '../fields.tsx';
import { Frame } from '../frame.tsx';

interface Props {
  choice: RoleChoices['choices'][number];
  onChoose: (roleId: string) => Promise<void>;
  onLater: () => void;
}

/** Lets the user choose one of a tenant's self-assignable roles. */
export function ChooseRole({ choice: { tenant, roles }, onChoose, onLater }: Props) {
  const { t } = useI18n();
  const [chosen, setChosen] = useState(roles.find(({ isDefault }) => isDefault)?.id);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string>();
  async function submit(event: FormEvent) {
    event.preventDefault();
    if (!chosen) return;
    setBusy(true);
    await onChoose(chosen).catch((error) => {
      setFailure(errorText(error));
      setBusy(false);
    });
  }
  return (
    <Frame title={t('role_choice.title', { tenant: tenant.name })} lead={t('role_choice.lead')}>
      <form className="entry-form" onSubmit={submit}>
        <fieldset className="entry-choices">
          <legend className="visually-hidden">{t('role_choice.legend')}</legend>
          {roles.map(({ id, name, description }) => (
            <label key={id} className="entry-choice">
              <input type="radio" name="role" value={id} checked={id === chosen} onChange={() => setChosen(id)} />
              <span>
                <strong>{name}</strong>
                {description ? <span className="muted">{description}</span> : null}
              </span>
            </label>
          ))}
        </fieldset>
        <FormError>{failure}</FormError>
        <button type="submit" className="entry-button" disabled={busy || !chosen}>
          {busy ? t('role_choice.choosing') : t('role_choice.choose')}
        </button>
        <button type="button" className="entry-button plain" disabled={busy} onClick={onLater}>
          {t('role_choice.later')}
        </button>
      </form>
    </Frame>
  );
}
