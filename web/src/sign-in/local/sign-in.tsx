import { useState } from 'react';
import { signInPath } from '../../core/address.ts';
import { t } from '../../i18n/i18n.ts';
import { useSessionInfo } from '../../providers/auth/session-info.ts';
import { SignInFrame } from '../frame.tsx';
import { CredentialsForm } from './credentials-form.tsx';
import { DemoAccounts } from './demo-accounts.tsx';

type Props = { to: string | null; onTyping: () => void };

export function SignIn({ to, onTyping }: Props) {
  const info = useSessionInfo();
  const [fill, setFill] = useState<{ email: string; password: string }>();
  return (
    <SignInFrame>
      <CredentialsForm key={fill?.email} mode="in" {...{ to, fill, onTyping }} />
      {info?.signUp ? (
        <p className="entry-aside">
          {t('entry.no_account')} <a href={signInPath(to, '/sign-up')}>{t('entry.sign_up')}</a>
        </p>
      ) : null}
      {info?.demo ? <DemoAccounts demo={info.demo} onChoose={setFill} /> : null}
    </SignInFrame>
  );
}
