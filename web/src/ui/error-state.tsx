import { Button } from 'antd';
import type { ApiError } from '../api.ts';
import { errorText } from '../i18n/error-text.ts';
import { useI18n } from '../i18n/i18n.ts';
import { NoPermission } from '../layout/page-gate.tsx';
import { EmptyState } from './empty-state.tsx';

/** What could not be read: why, the request to quote, and another try where that can help. */
export function ErrorState({ error, onRetry }: { error: ApiError; onRetry: () => void }) {
  const { t } = useI18n();
  const { permission } = error.problem;
  if (error.statusCode === 403 && typeof permission === 'string') return <NoPermission permission={permission} />;
  if (error.statusCode === 404)
    return <EmptyState title={t('shell.not_found_title')} text={t('shell.not_found_text')} />;
  return (
    <EmptyState
      title={errorText(error)}
      {...(error.requestId ? { text: t('entry.request_id', { id: error.requestId }) } : {})}
      action={<Button onClick={onRetry}>{t('entry.try_again')}</Button>}
    />
  );
}
