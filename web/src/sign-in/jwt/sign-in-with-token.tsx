import { useState } from 'react';
import { goTo } from '../../core/address.ts';
import { localPath } from '../../core/local-path.ts';
import { useI18n } from '../../i18n/i18n.ts';
import { clearMe, loadMe } from '../../providers/auth/session.ts';
import { useSessionInfo } from '../../providers/auth/session-info.ts';
import { EntryButton, Field, FormError, useSubmit } from '../fields.tsx';
import { EndedNote, Frame } from '../frame.tsx';
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
            <EntryButton onClick={() => location.assign(signInRedirectUrl(signInUrl, localPath(to)))}>
              {t('token.sign_in_at', { host: new URL(signInUrl).host })}
            </EntryButton>
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
  const [token, setToken] = useState('');
  const { busy, failure, submit } = useSubmit(async () => {
    if (token.trim() === '') return t('token.missing');
    storeToken(token.trim());
    clearMe();
    try {
      await loadMe();
      goTo(localPath(to), { replace: true });
    } catch (error) {
      storeToken(null);
      throw error;
    }
  });
  return (
    <form className="entry-form" onSubmit={submit} noValidate>
      <FormError>{failure}</FormError>
      <Field
        label={t('token.label')}
        hint={t('token.hint')}
        autoComplete="off"
        spellCheck={false}
        value={token}
        onChange={(event) => setToken(event.target.value)}
      />
      <EntryButton type="submit" disabled={busy}>
        {busy ? t('entry.signing_in') : t('entry.sign_in')}
      </EntryButton>
    </form>
  );
}
