import { Link } from 'react-router';
import { useI18n } from '../../i18n/i18n.ts';
import { MessagePage } from '../../ui/feedback/message-page.tsx';

/** Shown both for what does not exist and for what the user cannot see. */
export function NotFound() {
  const { t } = useI18n();
  return (
    <MessagePage
      title={t('shell.not_found_title')}
      text={t('shell.not_found_text')}
      actions={<Link to="/">{t('shell.go_home')}</Link>}
    />
  );
}
