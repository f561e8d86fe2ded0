import { Link } from 'react-router';
import { useI18n } from '../../i18n/i18n.ts';
import { MessagePage } from '../../ui/feedback/message-page.tsx';

/** The same answer for what does not exist and for what is not this person's to see. */
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
