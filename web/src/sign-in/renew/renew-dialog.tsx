import { useEffect, useRef, useState } from 'react';
import { errorText } from '../../i18n/error-text.ts';
import { useI18n } from '../../i18n/i18n.ts';
import { continueSession, followSessionEnd, isAsked, leaveSession, useIsAsked } from '../../providers/auth/renew.ts';
import { useMe } from '../../providers/auth/session.ts';
import { FormError } from '../fields.tsx';
import { CredentialsForm } from '../local/credentials-form.tsx';

followSessionEnd();

/** Asks to sign in again over the page whose session has ended, so that nothing typed there is lost. */
export const RenewDialog = () => (useIsAsked() ? <OpenDialog /> : null);

function OpenDialog() {
  const { t } = useI18n();
  const { email } = useMe().user;
  const [failure, setFailure] = useState<string>();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    dialog.current?.showModal();
    dialog.current?.querySelector<HTMLElement>('[type="password"]')?.focus();
    return () => (before instanceof HTMLElement ? before.focus() : undefined);
  }, []);
  return (
    <dialog
      ref={dialog}
      className="over-page"
      aria-labelledby="renew-title"
      onCancel={(event) => event.preventDefault()}
      onClose={() => isAsked() && dialog.current?.showModal()}
    >
      <h2 id="renew-title">{t('session.ended_title')}</h2>
      <p className="muted">{t('session.ended_text')}</p>
      <CredentialsForm
        mode="sign-in"
        to={null}
        fill={{ email: email ?? '', password: '' }}
        idle={t('entry.sign_in')}
        working={t('entry.signing_in')}
        onDone={() => continueSession().catch((error) => setFailure(errorText(error)))}
      />
      <FormError>{failure}</FormError>
      <p className="entry-aside">
        <button type="button" className="text-button" onClick={leaveSession}>
          {t('session.leave')}
        </button>
      </p>
    </dialog>
  );
}
