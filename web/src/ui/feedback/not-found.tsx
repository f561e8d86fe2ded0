import { Link } from 'react-router';
import { t } from '../../i18n/i18n.ts';
import { useOptionalScope } from '../../providers/tenant/tenant-scope.tsx';
import { MessagePage } from './message-page.tsx';

/** Shown both for what does not exist and for what the user cannot see. */
export function NotFound() {
  const scope = useOptionalScope();
  return (
    <MessagePage
      title={t('shell.not_found_title')}
      text={t('shell.not_found_text')}
      actions={<Link to={scope ? `${scope.base}/home` : '/'}>{t('shell.go_home')}</Link>}
    />
  );
}
