import { useEffect, useRef } from 'react';
import { t } from '../../i18n/i18n.ts';
import { identity } from '../../providers/auth/identity.ts';
import { continueSession, followSessionEnd, isAsked, leaveSession, useIsAsked } from '../../providers/auth/renew.ts';
import { useMe } from '../../providers/auth/session.ts';
import { CredentialsForm } from '../local/credentials-form.tsx';

followSessionEnd();

/** Asks to sign in again over the page whose session has ended, so that nothing typed there is lost. */
export const RenewDialog = () => (useIsAsked() ? <OpenDialog /> : null);

function OpenDialog() {
  const { Renew = RenewHere } = identity();
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
      <Renew onDone={continueSession} />
      <p className="entry-aside">
        <button type="button" className="text-button" onClick={leaveSession}>
          {t('session.leave')}
        </button>
      </p>
    </dialog>
  );
}

/** With an account of Rolecall itself. */
function RenewHere({ onDone }: { onDone: () => Promise<unknown> }) {
  const { email } = useMe().user;
  return <CredentialsForm mode="in" to={null} fill={{ email: email ?? '', password: '' }} onDone={onDone} />;
}
