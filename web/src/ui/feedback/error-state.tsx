import { Button } from 'antd';
import { useLayoutEffect, useRef, useState } from 'react';
import type { ApiError } from '../../core/api.ts';
import { useOnReconnect } from '../../core/connection.ts';
import { createStore } from '../../core/store.ts';
import { errorText } from '../../i18n/error-text.ts';
import { fieldErrorText } from '../../i18n/field-error-text.ts';
import { type MessageKey, t } from '../../i18n/i18n.ts';
import type { ListState } from '../../providers/data/use-list-state.ts';
import { RequestId } from './copy-button.tsx';
import { EmptyState } from './empty-state.tsx';
import { NoPermission } from './no-permission.tsx';
import { NotFound } from './not-found.tsx';

type Props = {
  error: ApiError;
  onRetry: () => void;
  /** For lists: a link may have an expired cursor, or filters that the server does not understand. */
  list?: Pick<ListState, 'goToPage' | 'reset'> | undefined;
};

/** The outages that the page shows, in the order in which they happened: the first is described, and retries them all. */
const outages = createStore<readonly (() => void)[]>([]);
const isOutage = ({ statusCode, code }: ApiError) =>
  (statusCode === 0 || statusCode >= 500) && code !== 'query_timeout';

/** Shown in place of data that failed to load: reason, request id and retry. */
export function ErrorState(props: Props) {
  const { error } = props;
  const { permission } = error.problem;
  if (error.statusCode === 403 && typeof permission === 'string') return <NoPermission permission={permission} />;
  if (error.statusCode === 404) return <NotFound />;
  return isOutage(error) ? <Outage {...props} /> : <ErrorBlock {...props} />;
}

/** An outage fails every request of a page; one block is enough. */
function Outage({ error, onRetry }: Props) {
  const latest = useRef(onRetry);
  latest.current = onRetry;
  const [retry] = useState(() => () => latest.current());
  useLayoutEffect(() => {
    outages.set([...outages.get(), retry]);
    return () => outages.set(outages.get().filter((each) => each !== retry));
  }, [retry]);
  useOnReconnect(retry);
  const all = outages.use();
  if (all[0] !== retry) return all.includes(retry) ? <p className="muted">{t('feedback.not_loaded')}</p> : null;
  return (
    <ErrorBlock
      error={error}
      onRetry={() => {
        for (const each of all) each();
      }}
    />
  );
}

function ErrorBlock({ error, onRetry, list }: Props) {
  const isNotUnderstood = list && (error.code === 'malformed_request' || error.code === 'unknown_field');
  const [remedy, apply]: [MessageKey, () => void] =
    list && error.code === 'invalid_cursor'
      ? ['list.first_page', () => list.goToPage(null)]
      : isNotUnderstood
        ? ['list.clear_filters', list.reset]
        : ['entry.try_again', onRetry];
  return (
    <EmptyState
      isError
      title={isNotUnderstood ? t('list.not_understood') : (whatIsInvalid(error) ?? errorText(error))}
      action={
        <>
          {/* The same search would take as long again: its filters are the remedy. */}
          {error.code === 'query_timeout' ? null : <Button onClick={apply}>{t(remedy)}</Button>}
          {error.requestId ? <RequestId id={error.requestId} /> : null}
        </>
      }
    />
  );
}

/** Names the first value that was not valid: there is no form to show it in. */
function whatIsInvalid({ problem }: ApiError): string | undefined {
  const [code] = Object.values(problem.errors ?? {}).flat();
  return code === undefined ? undefined : fieldErrorText(code);
}
