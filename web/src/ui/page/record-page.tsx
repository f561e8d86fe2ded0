import './record-page.css';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { Found } from '../../providers/data/use-rows.ts';
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
  found: Found<T>;
  /** Of the skeleton. */
  rows?: number;
  columns?: number;
  children: (record: T) => ReactNode;
};

/** What is read, in all of its states: a skeleton before, or the error. */
export function Loaded<T>({ found: { record, error, retry }, rows = 6, columns = 2, children }: LoadedProps<T>) {
  if (error) return <ErrorState error={error} onRetry={retry} />;
  return record === undefined ? <ListSkeleton rows={rows} columns={columns} /> : children(record);
}
