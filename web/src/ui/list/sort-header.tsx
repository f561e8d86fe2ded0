import { t } from '../../i18n/i18n.ts';
import type { ListState } from '../../providers/data/use-list-state.ts';
import { Icon } from '../icon.tsx';
import type { Column } from './column.ts';

/** A column header; a button if the list can be sorted by it. */
export function SortHeader<T>({ column, state }: { column: Column<T>; state: ListState }) {
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
