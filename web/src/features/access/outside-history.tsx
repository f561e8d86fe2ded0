import type { ReactNode } from 'react';
import type { ApiError } from '../../core/api.ts';
import { type MessageKey, t } from '../../i18n/i18n.ts';
import type { ListState } from '../../providers/data/use-list-state.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { EmptyState } from '../../ui/feedback/empty-state.tsx';
import { ErrorState } from '../../ui/feedback/error-state.tsx';
import { ListSkeleton } from '../../ui/feedback/skeleton.tsx';

/** The bounds of the recorded history, by the error of the date that crosses them. */
const BOUNDS = {
  before_the_tenant: ['access_history.before_tenant', 'access_history.before_tenant_text'],
  in_the_future: ['access_history.in_future'],
  after_to: ['access_history.dates_reversed'],
} as const satisfies Record<string, readonly [MessageKey, MessageKey?]>;

const boundOf = (error: ApiError | null) =>
  Object.entries(BOUNDS).find(([code]) =>
    Object.values(error?.problem.errors ?? {})
      .flat()
      .includes(code),
  )?.[1];

export const isOutsideHistory = (error: ApiError | null): error is ApiError => boundOf(error) !== undefined;

/** A date outside the recorded history is not an error; explains which bound was crossed. */
export function OutsideHistory({ error }: { error: ApiError }) {
  const { name: tenant } = useTenantScope();
  const [title, text] = boundOf(error) ?? [];
  return title ? <EmptyState title={t(title, { tenant })} {...(text ? { text: t(text) } : {})} /> : null;
}

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
  return <div aria-busy={found.isStale}>{children(found.record)}</div>;
}
