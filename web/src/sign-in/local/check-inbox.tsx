import { t } from '../../i18n/i18n.ts';

/** After a sign-up: the same for an address that has an account and for one that has none. */
export function CheckInbox({ email }: { email: string }) {
  return (
    <div role="status" className="entry-note">
      <strong>{t('entry.check_inbox')}</strong>
      <p>{t('entry.check_inbox_text', { email })}</p>
    </div>
  );
}
