import { t } from '../../i18n/i18n.ts';
import type { ListState } from '../../providers/data/use-list-state.ts';
import { Icon } from '../icon.tsx';
import type { Column } from './column.ts';
import type { Selecting } from './selection.ts';

type Props<T> = { columns: Column<T>[]; rows: T[]; state: ListState; selecting: Selecting<T> | undefined };

export const HeaderRow = <T extends { id: string }>({ columns, rows, state, selecting }: Props<T>) => (
  <tr>
    {selecting ? <SelectPageCell rows={rows} by={selecting} /> : null}
    {columns.map((column) => (
      <SortHeader key={column.title} column={column} state={state} />
    ))}
  </tr>
);

/** A column header; a button if the list can be sorted by it. */
function SortHeader<T>({ column, state }: { column: Column<T>; state: ListState }) {
  const { title, sort, width, align } = column;
  const order = !sort
    ? undefined
    : state.sort === sort
      ? 'ascending'
      : state.sort === `-${sort}`
        ? 'descending'
        : 'none';
  return (
    <th scope="col" style={{ width }} className={align ? 'cell-end' : undefined} aria-sort={order}>
      {sort ? (
        <button
          type="button"
          title={t('list.sort_by', { column: title })}
          onClick={() => state.set({ sort: order === 'ascending' ? `-${sort}` : sort })}
        >
          {title}
          {order === 'none' ? null : <Icon name={order === 'ascending' ? 'up' : 'down'} size={14} />}
        </button>
      ) : (
        title
      )}
    </th>
  );
}

/** Selects all rows of the current page. */
function SelectPageCell<T extends { id: string }>({ rows, by }: { rows: T[]; by: Selecting<T> }) {
  const ids = rows.filter(by.isSelectable ?? (() => true)).map(({ id }) => id);
  const chosen = ids.filter(by.selection.has).length;
  return (
    <th scope="col" className="cell-select">
      <label>
        <input
          type="checkbox"
          aria-label={t('list.select_page')}
          checked={ids.length > 0 && chosen === ids.length}
          ref={(input) => {
            if (input) input.indeterminate = chosen > 0 && chosen < ids.length;
          }}
          onChange={({ target }) => by.selection.set(ids, target.checked)}
        />
      </label>
    </th>
  );
}
