import type { ReactNode } from 'react';
import type { Rows } from '../../providers/data/use-rows.ts';
import { ErrorState } from '../feedback/error-state.tsx';
import { ListSkeleton } from '../feedback/skeleton.tsx';
import { Section } from './section.tsx';

type Props<T> = {
  title: string;
  note?: ReactNode;
  actions?: ReactNode;
  rows: Pick<Rows<T>, 'rows' | 'error' | 'retry'>;
  empty: string;
  /** The class of the list; in a "section-grid" the parts of the items stand below each other. */
  list?: string;
  /** One list item. */
  children: (row: T) => ReactNode;
};

/** A short list in a section, in all of its states. */
export function ListSection<T>({
  rows: { rows, error, retry },
  empty,
  list = 'section-list',
  children,
  ...section
}: Props<T>) {
  return (
    <Section {...section}>
      {error ? <ErrorState error={error} onRetry={retry} /> : null}
      {!rows && !error ? <ListSkeleton rows={3} columns={1} /> : null}
      {rows?.length === 0 ? <p className="muted empty-muted">{empty}</p> : null}
      <ul className={list}>{rows?.map(children)}</ul>
    </Section>
  );
}
