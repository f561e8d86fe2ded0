import { useI18n } from '../i18n/i18n.ts';
import { useSessionInfo } from '../providers/auth/session-info.ts';
import { Frame } from './frame.tsx';

/** Shown for a provider without a usable configuration. */
export function NoSignIn() {
  const { t } = useI18n();
  const provider = useSessionInfo()?.identityProvider ?? '';
  return <Frame title={t('entry.sign_in_title')} lead={t('entry.other_provider', { provider })} />;
}
