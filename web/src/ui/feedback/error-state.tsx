import { Button } from 'antd';
import type { ApiError } from '../../core/api.ts';
import { errorText } from '../../i18n/error-text.ts';
import { fieldErrorText } from '../../i18n/field-error-text.ts';
import { useI18n } from '../../i18n/i18n.ts';
import type { ListState } from '../../providers/data/use-list-state.ts';
import { EmptyState } from './empty-state.tsx';
import { NoPermission } from './no-permission.tsx';
import { NotFound } from './not-found.tsx';

type Props = {
  error: ApiError;
  onRetry: () => void;
  /** For lists: a link may have an expired cursor, or filters that the server does not understand. */
  list?: Pick<ListState, 'goToPage' | 'reset'> | undefined;
};

/** Shown in place of data that failed to load: reason, request id and retry. */
export function ErrorState({ error, onRetry, list }: Props) {
  const { t } = useI18n();
  const { permission } = error.problem;
  if (error.statusCode === 403 && typeof permission === 'string') return <NoPermission permission={permission} />;
  if (error.statusCode === 404) return <NotFound />;
  return (
    <EmptyState
      title={list && isNotUnderstood(error) ? t('list.not_understood') : (whatIsInvalid(error) ?? errorText(error))}
      {...(error.requestId ? { text: t('entry.request_id', { id: error.requestId }) } : {})}
      action={<Remedy {...{ error, onRetry, list }} />}
    />
  );
}

/** Names the first value that was not valid: there is no form to show it in. */
function whatIsInvalid({ problem }: ApiError): string | undefined {
  const [code] = Object.values(problem.errors ?? {}).flat();
  return code === undefined ? undefined : fieldErrorText(code);
}

const isNotUnderstood = ({ code }: ApiError) => code === 'malformed_request' || code === 'unknown_field';

function Remedy({ error, onRetry, list }: Props) {
  const { t } = useI18n();
  // The same search would take as long again: its filters are the remedy.
  if (error.code === 'query_timeout') return null;
  if (error.code === 'invalid_cursor' && list)
    return <Button onClick={() => list.goToPage(null)}>{t('list.first_page')}</Button>;
  if (isNotUnderstood(error) && list) return <Button onClick={list.reset}>{t('list.clear_filters')}</Button>;
  return <Button onClick={onRetry}>{t('entry.try_again')}</Button>;
}
