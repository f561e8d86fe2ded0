import './bulk.css';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { BulkRolesProgress } from 'bff/contract';
import { useEffect } from 'react';
import { Link, useSearchParams } from 'react-router';
import type { ApiError } from '../../../core/api.ts';
import { request } from '../../../core/api.ts';
import { wholeNumber } from '../../../i18n/format.ts';
import { hasMessage, useI18n } from '../../../i18n/i18n.ts';
import { useTenantScope } from '../../../providers/tenant/tenant-scope.tsx';
import { ErrorState } from '../../../ui/feedback/error-state.tsx';

/** The URL names the change being followed, so that it survives a reload. */
export const BULK_CHANGE = 'roleChange';
const POLL_MS = 600;
const NAMED = 20;

/** Progress and result of the bulk change in the URL. */
export function BulkProgress() {
  const [params, setParams] = useSearchParams();
  const id = params.get(BULK_CHANGE);
  const hide = () => setParams((now) => new URLSearchParams([...now].filter(([key]) => key !== BULK_CHANGE)));
  return id ? <FollowedChange id={id} onHide={hide} /> : null;
}

const isOver = ({ status }: BulkRolesProgress) => status === 'done' || status === 'failed';

function FollowedChange({ id, onHide }: { id: string; onHide: () => void }) {
  const { t } = useI18n();
  const scope = useTenantScope();
  const client = useQueryClient();
  const url = `/api/admin/${scope.resource('members')}/bulk-roles/${encodeURIComponent(id)}`;
  const { data, error, refetch } = useQuery<BulkRolesProgress, ApiError>({
    queryKey: ['bulk-roles', url],
    queryFn: ({ signal }) => request('GET', url, { signal }),
    refetchInterval: ({ state }) => (state.error || (state.data && isOver(state.data)) ? false : POLL_MS),
  });
  const over = data !== undefined && isOver(data);
  useEffect(() => {
    if (over) void client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'bulk-roles' });
  }, [over, client]);
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return null;
  const { done, total, status } = data;
  return (
    <section className={`bulk-progress bulk-${status}`} aria-label={t('members.bulk_progress')}>
      <p role="status">
        <Outcome progress={data} />
      </p>
      {over ? null : <progress value={done} max={total} aria-label={t('members.bulk_progress')} />}
      <Refused refused={data.refused} />
      {over ? (
        <p className="bulk-links">
          {scope.can('audit:read') ? (
            <Link to={scope.to(`audit?requestId=bulk-${id}`)}>{t('members.bulk_audit')}</Link>
          ) : null}
          <button type="button" className="text-button" onClick={onHide}>
            {t('members.bulk_dismiss')}
          </button>
        </p>
      ) : null}
    </section>
  );
}

function Outcome({ progress }: { progress: BulkRolesProgress }) {
  const { t } = useI18n();
  const { status, done, total, changed, refused, error } = progress;
  const n = { count: changed, n: wholeNumber(changed) };
  if (status === 'failed') {
    const key = `members.bulk_error_${error}`;
    const general = `error.${error}`;
    const why = hasMessage(key) ? t(key) : hasMessage(general) ? t(general) : t('error.unexpected');
    return `${t('members.bulk_failed', n)} ${why}`;
  }
  if (status !== 'done')
    return t('members.bulk_running', { done: wholeNumber(done), total: wholeNumber(total), count: total });
  const same = total - changed - refused.length;
  return [
    t('members.bulk_done', n),
    same > 0 ? t('members.bulk_unchanged', { count: same, n: wholeNumber(same) }) : '',
  ].join(' ');
}

function Refused({ refused }: Pick<BulkRolesProgress, 'refused'>) {
  const { t } = useI18n();
  const scope = useTenantScope();
  if (refused.length === 0) return null;
  const rest = refused.length - NAMED;
  return (
    <details className="bulk-refused">
      <summary>{t('members.bulk_skipped', { count: refused.length, n: wholeNumber(refused.length) })}</summary>
      <ul>
        {refused.slice(0, NAMED).map(({ memberId, name, code }) => {
          const key = `members.bulk_skipped_${code}`;
          return (
            <li key={memberId}>
              <Link to={scope.to(`members/${memberId}`)}>{name || t('user.no_name')}</Link>{' '}
              <span className="muted">{hasMessage(key) ? t(key) : code}</span>
            </li>
          );
        })}
      </ul>
      {rest > 0 ? (
        <p className="muted">{t('members.bulk_skipped_more', { count: rest, n: wholeNumber(rest) })}</p>
      ) : null}
    </details>
  );
}
