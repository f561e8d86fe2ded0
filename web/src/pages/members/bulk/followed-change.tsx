import './bulk.css';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Progress } from 'antd';
import type { BulkRolesProgress } from 'bff/contract';
import { useEffect } from 'react';
import { Link } from 'react-router';
import type { ApiError } from '../../../core/api.ts';
import { request } from '../../../core/api.ts';
import { hasMessage, t } from '../../../i18n/i18n.ts';
import { useTenantScope } from '../../../providers/tenant/tenant-scope.tsx';
import { ErrorState } from '../../../ui/feedback/error-state.tsx';

const POLL_MS = 600;
const NAMED = 20;

const isOver = ({ status }: BulkRolesProgress) => status === 'done' || status === 'failed';

/** The progress of a bulk change; its result once it is over. */
export default function FollowedChange({ id, onHide }: { id: string; onHide: () => void }) {
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
  const { done, total, status, refused } = data;
  const isAudited = over && scope.can('audit:read');
  return (
    <Alert
      className="bulk-progress"
      role="status"
      aria-label={t('members.bulk_progress')}
      type={status === 'failed' ? 'error' : over ? 'success' : 'info'}
      message={<Outcome progress={data} />}
      description={
        over && !isAudited && refused.length === 0 ? undefined : (
          <>
            {over ? null : <Progress percent={total > 0 ? Math.floor((100 * done) / total) : 0} showInfo={false} />}
            <Refused refused={refused} />
            {isAudited ? <Link to={scope.to(`audit?requestId=bulk-${id}`)}>{t('members.bulk_audit')}</Link> : null}
          </>
        )
      }
      closable={over ? { 'aria-label': t('members.bulk_dismiss') } : false}
      onClose={onHide}
    />
  );
}

function Outcome({ progress }: { progress: BulkRolesProgress }) {
  const { status, done, total, changed, refused, error } = progress;
  const n = { count: changed };
  if (status === 'failed') {
    const key = `members.bulk_error_${error}`;
    const general = `error.${error}`;
    const why = hasMessage(key) ? t(key) : hasMessage(general) ? t(general) : t('error.unexpected');
    return `${t('members.bulk_failed', n)} ${why}`;
  }
  if (status !== 'done') return t('members.bulk_running', { done: done, total: total, count: total });
  const same = total - changed - refused.length;
  return [t('members.bulk_done', n), same > 0 ? t('members.bulk_unchanged', { count: same }) : ''].join(' ');
}

function Refused({ refused }: Pick<BulkRolesProgress, 'refused'>) {
  const scope = useTenantScope();
  if (refused.length === 0) return null;
  const rest = refused.length - NAMED;
  return (
    <details>
      <summary>{t('members.bulk_skipped', { count: refused.length })}</summary>
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
      {rest > 0 ? <p className="muted">{t('members.bulk_skipped_more', { count: rest })}</p> : null}
    </details>
  );
}
