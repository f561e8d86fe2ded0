import { signInPath } from '../../core/address.ts';
import { useI18n } from '../../i18n/i18n.ts';
import { Frame } from '../frame.tsx';
import { CredentialsForm } from './credentials-form.tsx';

export default function SignUp({ to, onTyping }: { to: string | null; onTyping: () => void }) {
  const { t } = useI18n();
  return (
    <Frame title={t('entry.sign_up_title')}>
      <CredentialsForm mode="up" {...{ to, onTyping }} />
      <p className="entry-aside">
        {t('entry.have_account')} <a href={signInPath(to)}>{t('entry.sign_in')}</a>
      </p>
    </Frame>
  );
}
