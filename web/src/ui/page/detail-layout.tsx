import './detail-layout.css';
import type { HttpError } from '@refinedev/core';
import type { ReactNode } from 'react';
import type { ApiError } from '../../core/api.ts';
import { ErrorState } from '../feedback/error-state.tsx';
import { ListSkeleton } from '../feedback/skeleton.tsx';

type Props = { header: ReactNode; details: ReactNode; children: ReactNode };

/** A detail page: header, a narrow column of details, main content. */
export function DetailLayout({ header, details, children }: Props) {
  return (
    <article>
      {header}
      <div className="columns detail-columns">
        <aside>{details}</aside>
        <div>{children}</div>
      </div>
    </article>
  );
}

/** Values by their label; without those that are null or undefined. */
export function Details({ rows }: { rows: Record<string, ReactNode> | [label: string, value: ReactNode][] }) {
  const pairs = Array.isArray(rows) ? rows : Object.entries(rows);
  return (
    <dl className="details">
      {pairs.map(([label, value]) =>
        value === null || value === undefined ? null : (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ),
      )}
    </dl>
  );
}

type LoadedProps<T> = {
  /** As from useShow(). */
  found: { result: T | undefined; query: { error: HttpError | null; refetch: () => unknown } };
  children: (record: T) => ReactNode;
};

/** Renders a record once loaded; a skeleton before, or the error. */
export function Loaded<T>({ found: { result, query }, children }: LoadedProps<T>) {
  if (query.error) return <ErrorState error={query.error as ApiError} onRetry={query.refetch} />;
  return result === undefined ? <ListSkeleton rows={6} columns={2} /> : children(result);
}
