import { ApiError } from '../../core/api.ts';
import { errorText } from '../../i18n/error-text.ts';
import { useI18n } from '../../i18n/i18n.ts';
import { Frame } from '../frame.tsx';

/** Used, expired, revoked and unknown links look the same, as the server does not distinguish them. */
export function InvitationClosed({ error }: { error: unknown }) {
  const { t } = useI18n();
  const closed = error instanceof ApiError && [404, 409, 410, 422].includes(error.statusCode);
  if (closed) {
    return (
      <Frame title={t('invite.closed_title')} lead={t('invite.closed_text')}>
        <p className="entry-aside">
          <a href="/">{t('invite.to_console')}</a>
        </p>
      </Frame>
    );
  }
  return (
    <Frame title={t('entry.down_title')} lead={errorText(error)}>
      <div className="entry-form">
        <button type="button" className="entry-button" onClick={() => location.reload()}>
          {t('entry.try_again')}
        </button>
      </div>
    </Frame>
  );
}
