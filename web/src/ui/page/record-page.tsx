import './record-page.css';
import type { HttpError } from '@refinedev/core';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { ApiError } from '../../core/api.ts';
import { ErrorState } from '../feedback/error-state.tsx';
import { ListSkeleton } from '../feedback/skeleton.tsx';
import { type HeaderProps, PageHeader } from './page-header.tsx';

type Props = HeaderProps & { details: ReactNode; children: ReactNode };

/** The page of a record: header, a narrow column of details, main content. */
export function RecordPage({ details, children, ...header }: Props) {
  return (
    <article>
      <PageHeader {...header} />
      <div className="columns record-columns">
        <aside>{details}</aside>
        <div>{children}</div>
      </div>
    </article>
  );
}

type DetailsProps = {
  rows: Record<string, ReactNode>;
  /** Below the values: paths by the text of their link. */
  links?: Record<string, string | false | undefined>;
};

/** Values by their label; without those that are absent, and without links that the user cannot open. */
export function Details({ rows, links = {} }: DetailsProps) {
  return (
    <>
      <dl className="details">
        {Object.entries(rows).map(([label, value]) =>
          value === null || value === undefined || value === false ? null : (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ),
        )}
      </dl>
      {Object.entries(links).map(([text, to]) =>
        to ? (
          <p key={text} className="details-more">
            <Link to={to}>{text}</Link>
          </p>
        ) : null,
      )}
    </>
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
