import { lazy, Suspense, useState } from 'react';
import { goTo, signInPath } from '../../core/address.ts';
import { useI18n } from '../../i18n/i18n.ts';
import { useSessionInfo } from '../../providers/auth/session-info.ts';
import { EndedNote } from '../ended-note.tsx';
import { Frame } from '../frame.tsx';
import { CredentialsForm } from './credentials-form.tsx';

/** Loaded only in demo mode. */
const DemoAccounts = lazy(() => import('./demo-accounts.tsx'));

type Props = { to: string | null; onTyping: () => void };

export function SignIn({ to, onTyping }: Props) {
  const { t } = useI18n();
  const info = useSessionInfo();
  const [fill, setFill] = useState<{ email: string; password: string }>();
  const signUp = signInPath(to, '/sign-up');
  return (
    <Frame title={t('entry.sign_in_title')} lead={t('app.tagline')}>
      <EndedNote />
      <CredentialsForm
        key={fill?.email}
        mode="sign-in"
        to={to}
        fill={fill}
        idle={t('entry.sign_in')}
        working={t('entry.signing_in')}
        onTyping={onTyping}
        onDone={(next) => goTo(next, { replace: true })}
      />
      {info?.signUp ? (
        <p className="entry-aside">
          {t('entry.no_account')} <a href={signUp}>{t('entry.sign_up')}</a>
        </p>
      ) : null}
      {info?.demo ? (
        <Suspense fallback={null}>
          <DemoAccounts demo={info.demo} onChoose={setFill} />
        </Suspense>
      ) : null}
    </Frame>
  );
}
