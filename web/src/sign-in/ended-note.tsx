import { useI18n } from '../i18n/i18n.ts';
import { sessionHasEnded } from '../providers/auth/session.ts';

/** Why this page is on the screen though nobody asked to sign out. */
export function EndedNote() {
  const { t } = useI18n();
  if (!sessionHasEnded()) return null;
  return (
    <p role="status" className="entry-note entry-ended">
      {t('error.http_401')}
    </p>
  );
}
