import './data-list.css';
import type { ReactNode } from 'react';
import { type MessageKey, t } from '../../i18n/i18n.ts';
import { useLastPage } from '../../providers/data/use-last-page.ts';
import type { ListState } from '../../providers/data/use-list-state.ts';
import type { Rows } from '../../providers/data/use-rows.ts';
import { EmptyState } from '../feedback/empty-state.tsx';
import { ErrorState } from '../feedback/error-state.tsx';
import { ListSkeleton } from '../feedback/skeleton.tsx';
import type { Column } from './column.ts';
import { HeaderRow } from './header-row.tsx';
import { moveRow } from './keys.ts';
import { Pager } from './pager.tsx';
import { ListRow } from './row.tsx';
import type { Selecting } from './selection.ts';
import { useSteadyRows } from './use-steady-rows.ts';

export type ListProps<T> = {
  /** The accessible name of the table. */
  label: string;
  columns: Column<T>[];
  rows: Rows<T>;
  state: ListState;
  /** A plural message with {n}: "{n} members". */
  count: MessageKey;
  /** The path a row links to; the link is in the first cell. */
  rowTo?: (row: T) => string | undefined;
  /** The group heading of a row; rows of a group must be adjacent. */
  group?: (row: T) => string;
  /** Shown when the list is empty without filters. */
  empty: { title: string; text?: string; action?: ReactNode };
  filters?: ReactNode;
  /** Adds a checkbox to each row. */
  selecting?: Selecting<T> | undefined;
};

/** A list in all of its states: a table on a wide screen, stacked rows on a narrow one. */
export function DataList<T extends { id: string }>({ rows: latest, ...props }: ListProps<T>) {
  const { label, columns, state, count, rowTo, group, empty, filters, selecting } = props;
  const { rows, page, error, retry, isFetching, isHeld, added, refresh } = useSteadyRows(latest);
  const isLeft = useLastPage(rows, page, state);
  const nothing = !isLeft && rows?.length === 0;
  const clear = (
    <button type="button" className="text-button" onClick={state.clear}>
      {t('list.clear_filters')}
    </button>
  );
  return (
    <div className="data-list">
      {filters && (!nothing || state.isFiltered || state.cursor) ? (
        <search className="data-filters">{filters}</search>
      ) : null}
      {error ? <ErrorState error={error} onRetry={retry} list={state} /> : null}
      {isLeft || (!error && !rows) ? <ListSkeleton rows={8} columns={columns.length} /> : null}
      {nothing && state.isFiltered ? (
        <EmptyState isSearch title={t('list.no_results')} text={t('list.no_results_text')} action={clear} />
      ) : null}
      {nothing && !state.isFiltered ? <EmptyState {...empty} /> : null}
      <div aria-live="polite" className="data-news">
        {isHeld ? (
          <button
            type="button"
            title={t('list.show_changes')}
            onClick={() => {
              refresh();
              requestAnimationFrame(() => moveRow('first'));
            }}
          >
            {added > 0 ? t('list.added', { count: added }) : t('list.changed')}
          </button>
        ) : null}
      </div>
      {rows && rows.length > 0 ? (
        <>
          <table className="data-table" aria-label={label} aria-busy={isFetching}>
            <thead>
              <HeaderRow {...{ columns, rows, state, selecting }} />
            </thead>
            <tbody>
              {rows.map((row, index) => {
                const heading = group?.(row);
                const before = rows[index - 1];
                const isFirst = heading !== undefined && (!before || group?.(before) !== heading);
                return (
                  <ListRow
                    key={row.id}
                    row={row}
                    columns={columns}
                    heading={isFirst ? heading : undefined}
                    to={rowTo?.(row)}
                    selecting={selecting}
                  />
                );
              })}
            </tbody>
          </table>
          <Pager page={page} state={state} count={count} />
        </>
      ) : null}
    </div>
  );
}
