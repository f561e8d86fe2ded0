import type { ReactNode } from 'react';
import type { ApiError } from '../../core/api.ts';
import { t } from '../../i18n/i18n.ts';
import type { ListState } from '../../providers/data/use-list-state.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { EmptyState } from '../../ui/feedback/empty-state.tsx';
import { ErrorState } from '../../ui/feedback/error-state.tsx';
import { ListSkeleton } from '../../ui/feedback/skeleton.tsx';

/** A date outside the recorded history is not an error; explains which bound was crossed. */
export function OutsideHistory({ error }: { error: ApiError }) {
  const scope = useTenantScope();
  const codes = Object.values(error.problem.errors ?? {}).flat();
  if (codes.includes('before_the_tenant')) {
    return (
      <EmptyState
        title={t('access_history.before_tenant', { tenant: scope.name })}
        text={t('access_history.before_tenant_text')}
      />
    );
  }
  if (codes.includes('in_the_future')) return <EmptyState title={t('access_history.in_future')} />;
  if (codes.includes('after_to')) return <EmptyState title={t('access_history.dates_reversed')} />;
  return null;
}

export const isOutsideHistory = (error: ApiError | null): error is ApiError =>
  Object.values(error?.problem.errors ?? {})
    .flat()
    .some((code) => ['before_the_tenant', 'in_the_future', 'after_to'].includes(code));

type Props<T> = {
  found: { record: T | undefined; error: ApiError | null; retry: () => void; isStale: boolean };
  /** The list whose parameters the query has. */
  list?: ListState;
  children: (record: T) => ReactNode;
};

/** Renders an answer about access in all of its states. */
export function AccessLoaded<T>({ found, list, children }: Props<T>) {
  if (isOutsideHistory(found.error)) return <OutsideHistory error={found.error} />;
  if (found.error) return <ErrorState error={found.error} onRetry={found.retry} list={list} />;
  if (found.record === undefined) return <ListSkeleton rows={6} columns={2} />;
  return (
    <div style={found.isStale ? { opacity: 0.6 } : undefined} aria-busy={found.isStale}>
      {children(found.record)}
    </div>
  );
}
