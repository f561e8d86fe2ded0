import { type FormEvent, useState } from 'react';
import { goTo } from '../../core/address.ts';
import { localPath } from '../../core/local-path.ts';
import { errorText } from '../../i18n/error-text.ts';
import { useI18n } from '../../i18n/i18n.ts';
import { clearMe, loadMe } from '../../providers/auth/session.ts';
import { useSessionInfo } from '../../providers/auth/session-info.ts';
import { EndedNote } from '../ended-note.tsx';
import { Field, FormError, SubmitButton } from '../fields.tsx';
import { Frame } from '../frame.tsx';
import { signInRedirectUrl, storeToken } from './token.ts';

/** Links to the host app, which redirects back with a token; a token can also be pasted. */
export function SignInWithToken({ to }: { to: string | null }) {
  const { t } = useI18n();
  const signInUrl = useSessionInfo()?.tokenSignInUrl;
  return (
    <Frame
      title={t('entry.sign_in_title')}
      lead={signInUrl ? t('token.lead', { host: new URL(signInUrl).host }) : t('token.lead_paste')}
    >
      <EndedNote />
      {signInUrl ? (
        <>
          <div className="entry-form">
            <button
              type="button"
              className="entry-button"
              onClick={() => location.assign(signInRedirectUrl(signInUrl, localPath(to)))}
            >
              {t('token.sign_in_at', { host: new URL(signInUrl).host })}
            </button>
          </div>
          <details className="entry-aside">
            <summary>{t('token.use')}</summary>
            <TokenForm to={to} />
          </details>
        </>
      ) : (
        <TokenForm to={to} />
      )}
    </Frame>
  );
}

function TokenForm({ to }: { to: string | null }) {
  const { t } = useI18n();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string>();
  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const token = String(new FormData(event.currentTarget).get('token') ?? '').trim();
    if (token === '') return setFailure(t('token.missing'));
    setBusy(true);
    storeToken(token);
    clearMe();
    try {
      await loadMe();
      goTo(localPath(to), { replace: true });
    } catch (error) {
      storeToken(null);
      setFailure(errorText(error));
      setBusy(false);
    }
  }
  return (
    <form className="entry-form" onSubmit={submit} noValidate>
      <FormError>{failure}</FormError>
      <Field name="token" label={t('token.label')} hint={t('token.hint')} autoComplete="off" spellCheck={false} />
      <SubmitButton busy={busy} idle={t('entry.sign_in')} working={t('entry.signing_in')} />
    </form>
  );
}
