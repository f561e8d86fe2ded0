import { useState } from 'react';
import { signInPath } from '../../core/address.ts';
import { t } from '../../i18n/i18n.ts';
import { Frame } from '../frame.tsx';
import { CheckInbox } from './check-inbox.tsx';
import { CredentialsForm } from './credentials-form.tsx';

export default function SignUp({ to, onTyping }: { to: string | null; onTyping: () => void }) {
  const [sentTo, setSentTo] = useState<string>();
  return (
    <Frame title={t('entry.sign_up_title')}>
      {sentTo === undefined ? (
        <CredentialsForm
          mode="up"
          {...{ to, onTyping }}
          idle={t('entry.sign_up')}
          working={t('entry.signing_up')}
          onCheckInbox={setSentTo}
        />
      ) : (
        <CheckInbox email={sentTo} />
      )}
      <p className="entry-aside">
        {t('entry.have_account')} <a href={signInPath(to)}>{t('entry.sign_in')}</a>
      </p>
    </Frame>
  );
}
