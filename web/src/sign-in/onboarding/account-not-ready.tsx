import { useEffect, useRef } from 'react';
import { ApiError } from '../../core/api.ts';
import { errorText } from '../../i18n/error-text.ts';
import { t } from '../../i18n/i18n.ts';
import { currentAuth } from '../../providers/auth/auth-provider.ts';
import { identity } from '../../providers/auth/identity.ts';
import { EntryButton } from '../fields.tsx';
import { Frame } from '../frame.tsx';

const FIRST_WAIT_MS = 1_500;
const LONGEST_WAIT_MS = 15_000;

const codeOf = (error: unknown) => (error instanceof ApiError ? error.code : undefined);

/** Signed in at the identity provider, but not provisioned here yet. */
export const isNotProvisioned = (error: unknown) => codeOf(error) === 'account_not_provisioned';

function reasonOf(error: unknown): 'not_provisioned' | 'banned' | 'rejected' | 'identity_down' | 'down' {
  if (isNotProvisioned(error)) return 'not_provisioned';
  if (codeOf(error) === 'identity_offline') return 'identity_down';
  const status = error instanceof ApiError ? error.statusCode : 0;
  return status === 403 ? 'banned' : status === 401 ? 'rejected' : 'down';
}

/** Retries with growing delays. */
function useRetries(error: unknown, onRetry: () => void) {
  const wait = useRef(FIRST_WAIT_MS);
  const retry = useRef(onRetry);
  retry.current = onRetry;
  useEffect(() => {
    if (!isNotProvisioned(error)) return;
    const timer = setTimeout(() => retry.current(), wait.current);
    wait.current = Math.min(wait.current * 1.3, LONGEST_WAIT_MS);
    return () => clearTimeout(timer);
  }, [error]);
}

/** Signed in, but the console cannot open: not provisioned yet, banned, or no response from the server. */
export default function AccountNotReady({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  useRetries(error, onRetry);
  const problem = error instanceof ApiError ? error : undefined;
  const reason = reasonOf(error);
  const account = identity().account?.();
  return (
    <Frame title={t(`entry.${reason}_title`)} lead={reason === 'down' ? errorText(error) : t(`entry.${reason}_text`)}>
      {account ? (
        <dl className="entry-details">
          <dt>{t('entry.account')}</dt>
          <dd>
            {account.email}
            <div className="mono muted">{account.id}</div>
          </dd>
        </dl>
      ) : null}
      {reason === 'not_provisioned' ? (
        <p className="entry-aside" role="status">
          <span className="splash-bar" aria-hidden="true" /> {t('entry.checking_again')}
        </p>
      ) : null}
      <div className="entry-form">
        <EntryButton onClick={onRetry}>{t('entry.try_again')}</EntryButton>
        <EntryButton plain onClick={() => currentAuth().logout()}>
          {t('entry.sign_out')}
        </EntryButton>
      </div>
      {problem?.requestId ? (
        <p className="entry-aside mono">{t('entry.request_id', { id: problem.requestId })}</p>
      ) : null}
    </Frame>
  );
}
