import { goTo, signInPath } from '../../core/address.ts';
import { useI18n } from '../../i18n/i18n.ts';
import { Frame } from '../frame.tsx';
import { CredentialsForm } from './credentials-form.tsx';

type Props = { to: string | null; onTyping: () => void };

export default function SignUp({ to, onTyping }: Props) {
  const { t } = useI18n();
  const signIn = signInPath(to);
  return (
    <Frame title={t('entry.sign_up_title')}>
      <CredentialsForm
        mode="sign-up"
        to={to}
        idle={t('entry.sign_up')}
        working={t('entry.signing_up')}
        onTyping={onTyping}
        onDone={(next) => goTo(next, { replace: true })}
      />
      <p className="entry-aside">
        {t('entry.have_account')} <a href={signIn}>{t('entry.sign_in')}</a>
      </p>
    </Frame>
  );
}
