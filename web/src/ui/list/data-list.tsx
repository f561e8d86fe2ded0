import './data-list.css';
import type { ReactNode } from 'react';
import { Fragment } from 'react';
import { Link } from 'react-router';
import type { MessageKey } from '../../i18n/i18n.ts';
import { useI18n } from '../../i18n/i18n.ts';
import { useLastPage } from '../../providers/data/use-last-page.ts';
import type { ListState } from '../../providers/data/use-list-state.ts';
import type { Rows } from '../../providers/data/use-rows.ts';
import { EmptyState } from '../feedback/empty-state.tsx';
import { ErrorState } from '../feedback/error-state.tsx';
import { ListSkeleton } from '../feedback/skeleton.tsx';
import type { Column } from './column.ts';
import { Pager } from './pager.tsx';
import type { Selecting } from './select-cells.tsx';
import { SelectCell, SelectPageCell } from './select-cells.tsx';
import { SortHeader } from './sort-header.tsx';

type Props<T> = {
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
export function DataList<T extends { id: string }>(props: Props<T>) {
  const { label, columns, rows, state, count, rowTo, group, empty, filters, selecting } = props;
  const { t } = useI18n();
  const isLeft = useLastPage(rows.rows, rows.page, state);
  const nothing = !isLeft && rows.rows?.length === 0;
  return (
    <div className="data-list">
      {filters && (!nothing || state.isFiltered || state.cursor) ? (
        <search className="data-filters">{filters}</search>
      ) : null}
      {rows.error ? <ErrorState error={rows.error} onRetry={rows.retry} list={state} /> : null}
      {isLeft || (!rows.error && !rows.rows) ? <ListSkeleton rows={8} columns={columns.length} /> : null}
      {nothing && state.isFiltered ? (
        <EmptyState
          title={t('list.no_results')}
          text={t('list.no_results_text')}
          action={
            <button type="button" className="text-button" onClick={state.clear}>
              {t('list.clear_filters')}
            </button>
          }
        />
      ) : null}
      {nothing && !state.isFiltered ? <EmptyState {...empty} /> : null}
      {rows.rows && rows.rows.length > 0 ? (
        <>
          <table className="data-table" aria-label={label} aria-busy={rows.isFetching}>
            <thead>
              <tr>
                {selecting ? <SelectPageCell rows={rows.rows} by={selecting} /> : null}
                {columns.map((column) => (
                  <SortHeader key={column.title} column={column} state={state} />
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.rows.map((row, index, all) => {
                const before = all[index - 1];
                const heading = group?.(row);
                const isNew = heading !== undefined && (!before || group?.(before) !== heading);
                return (
                  <Fragment key={row.id}>
                    {isNew ? (
                      <tr className="data-group">
                        <th scope="colgroup" colSpan={columns.length + (selecting ? 1 : 0)}>
                          {heading}
                        </th>
                      </tr>
                    ) : null}
                    <ListRow row={row} columns={columns} to={rowTo?.(row)} selecting={selecting} />
                  </Fragment>
                );
              })}
            </tbody>
          </table>
          <Pager page={rows.page} state={state} count={count} />
        </>
      ) : null}
    </div>
  );
}

type RowProps<T> = {
  row: T;
  columns: Column<T>[];
  to: string | undefined;
  selecting: Selecting<T> | undefined;
};

function ListRow<T extends { id: string }>({ row, columns, to, selecting }: RowProps<T>) {
  const isChosen = selecting?.selection.has(row.id);
  return (
    <tr className={[to ? 'data-row-link' : '', isChosen ? 'data-row-chosen' : ''].join(' ').trim() || undefined}>
      {selecting ? <SelectCell row={row} by={selecting} /> : null}
      {columns.map((column, index) => (
        <td key={column.title} className={cellClass(column, index)}>
          {index === 0 && to ? (
            <Link to={to} className="row-link">
              {column.render(row)}
            </Link>
          ) : (
            column.render(row)
          )}
        </td>
      ))}
    </tr>
  );
}

const cellClass = <T,>(column: Column<T>, index: number) =>
  [index === 0 ? 'cell-first' : '', column.narrow ? `cell-${column.narrow}` : '', column.align ? 'cell-end' : '']
    .filter(Boolean)
    .join(' ') || undefined;
