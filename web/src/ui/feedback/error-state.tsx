import { Button } from 'antd';
import type { ApiError } from '../../core/api.ts';
import { errorText } from '../../i18n/error-text.ts';
import { useI18n } from '../../i18n/i18n.ts';
import { EmptyState } from './empty-state.tsx';
import { NoPermission } from './no-permission.tsx';

type Props = {
  error: ApiError;
  onRetry: () => void;
  /** For lists: an old link may have an expired cursor. */
  onFirstPage?: () => void;
};

/** Shown in place of data that failed to load: reason, request id and retry. */
export function ErrorState({ error, onRetry, onFirstPage }: Props) {
  const { t } = useI18n();
  const { permission } = error.problem;
  if (error.statusCode === 403 && typeof permission === 'string') return <NoPermission permission={permission} />;
  if (error.statusCode === 404)
    return <EmptyState title={t('shell.not_found_title')} text={t('shell.not_found_text')} />;
  return (
    <EmptyState
      title={errorText(error)}
      {...(error.requestId ? { text: t('entry.request_id', { id: error.requestId }) } : {})}
      action={
        error.code === 'invalid_cursor' && onFirstPage ? (
          <Button onClick={onFirstPage}>{t('list.first_page')}</Button>
        ) : (
          <Button onClick={onRetry}>{t('entry.try_again')}</Button>
        )
      }
    />
  );
}
