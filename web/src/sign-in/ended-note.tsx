import { useI18n } from '../i18n/i18n.ts';
import { sessionHasEnded } from '../providers/auth/session.ts';

/** Explains a sign-in page after the session ended without a sign-out. */
export function EndedNote() {
  const { t } = useI18n();
  if (!sessionHasEnded()) return null;
  return (
    <p role="status" className="entry-note entry-ended">
      {t('error.http_401')}
    </p>
  );
}
