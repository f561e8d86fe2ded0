import { useState } from 'react';
import { goTo } from '../../core/address.ts';
import { localPath } from '../../core/local-path.ts';
import { t } from '../../i18n/i18n.ts';
import { clearMe, loadMe } from '../../providers/auth/session.ts';
import { useSessionInfo } from '../../providers/auth/session-info.ts';
import { EntryButton, Field, FormError, useSubmit } from '../fields.tsx';
import { SignInFrame } from '../frame.tsx';
import { signInRedirectUrl, storeToken } from './token.ts';

const hostOf = (url: string) => new URL(url).host;

/** Links to the host app, which redirects back with a token; a token can also be pasted. */
export function SignInWithToken({ to }: { to: string | null }) {
  const signInUrl = useSessionInfo()?.tokenSignInUrl;
  async function open() {
    clearMe();
    await loadMe();
    goTo(localPath(to), { replace: true });
  }
  return (
    <SignInFrame lead={signInUrl ? t('token.lead', { host: hostOf(signInUrl) }) : t('token.lead_paste')}>
      <TokenSignIn query={{ to: localPath(to) }} target="_self" onToken={open} />
    </SignInFrame>
  );
}

/** Over a page: the host app signs in in another tab, which hands its token over. */
export const RenewWithToken = ({ onDone }: { onDone: () => Promise<unknown> }) => (
  <TokenSignIn query={{ renew: '' }} target="_blank" onToken={onDone} />
);

type Props = {
  query: Parameters<typeof signInRedirectUrl>[1];
  target: '_self' | '_blank';
  /** Goes on with the stored token, unless the server rejects it. */
  onToken: () => Promise<unknown>;
};

function TokenSignIn({ query, target, onToken }: Props) {
  const signInUrl = useSessionInfo()?.tokenSignInUrl;
  if (!signInUrl) return <TokenForm onToken={onToken} />;
  return (
    <>
      <div className="entry-form">
        <EntryButton onClick={() => open(signInRedirectUrl(signInUrl, query), target)}>
          {t('token.sign_in_at', { host: hostOf(signInUrl) })}
        </EntryButton>
      </div>
      <details className="entry-aside">
        <summary>{t('token.use')}</summary>
        <TokenForm onToken={onToken} />
      </details>
    </>
  );
}

function TokenForm({ onToken }: Pick<Props, 'onToken'>) {
  const [token, setToken] = useState('');
  const { busy, failure, submit } = useSubmit(async () => {
    if (token.trim() === '') return t('token.missing');
    storeToken(token.trim());
    try {
      await onToken();
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
