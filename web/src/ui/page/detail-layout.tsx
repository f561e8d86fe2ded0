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
      <div className="detail-columns">
        <aside className="detail-aside">{details}</aside>
        <div className="detail-main">{children}</div>
      </div>
    </article>
  );
}

/** Label and value pairs. */
export function Details({ rows }: { rows: [label: string, value: ReactNode][] }) {
  return (
    <dl className="details">
      {rows.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
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
