import { ApiError } from '../api.ts';
import { errorText } from '../i18n/error-text.ts';
import { useI18n } from '../i18n/i18n.ts';
import { authProvider } from '../providers/auth-provider.ts';
import { Frame } from './frame.tsx';

/** Signed in, but the console cannot open: no local copy of the account yet, blocked, or no answer from the server. */
export default function AccountNotReady({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { t } = useI18n();
  const problem = error instanceof ApiError ? error : undefined;
  const notHere = problem?.code === 'account_not_here';
  const banned = problem?.statusCode === 403 && !notHere;
  const title = notHere ? t('entry.not_here_title') : banned ? t('entry.banned_title') : t('entry.down_title');
  const text = notHere ? t('entry.not_here_text') : banned ? t('entry.banned_text') : errorText(error);
  const account = problem?.problem.userId;
  return (
    <Frame title={title} lead={text}>
      {typeof account === 'string' ? (
        <dl className="entry-facts">
          <dt>{t('entry.account')}</dt>
          <dd className="mono">{account}</dd>
        </dl>
      ) : null}
      <div className="entry-form">
        <button type="button" className="entry-button" onClick={onRetry}>
          {t('entry.try_again')}
        </button>
        <button type="button" className="entry-button plain" onClick={() => authProvider.logout()}>
          {t('entry.sign_out')}
        </button>
      </div>
      {problem?.requestId ? (
        <p className="entry-aside mono">{t('entry.request_id', { id: problem.requestId })}</p>
      ) : null}
    </Frame>
  );
}
