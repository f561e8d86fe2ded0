import { Suspense, useState } from 'react';
import { signInPath } from '../../core/address.ts';
import { lazyWith } from '../../core/lazy.tsx';
import { useI18n } from '../../i18n/i18n.ts';
import { useSessionInfo } from '../../providers/auth/session-info.ts';
import { EndedNote, Frame } from '../frame.tsx';
import { CredentialsForm } from './credentials-form.tsx';

/** Loaded only in demo mode; the form works without it. */
const DemoAccounts = lazyWith(() => null)(() => import('./demo-accounts.tsx'));

type Props = { to: string | null; onTyping: () => void };

export function SignIn({ to, onTyping }: Props) {
  const { t } = useI18n();
  const info = useSessionInfo();
  const [fill, setFill] = useState<{ email: string; password: string }>();
  const labels = { idle: t('entry.sign_in'), working: t('entry.signing_in') };
  return (
    <Frame title={t('entry.sign_in_title')} lead={t('app.tagline')}>
      <EndedNote />
      <CredentialsForm key={fill?.email} mode="sign-in" {...labels} {...{ to, fill, onTyping }} />
      {info?.signUp ? (
        <p className="entry-aside">
          {t('entry.no_account')} <a href={signInPath(to, '/sign-up')}>{t('entry.sign_up')}</a>
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
