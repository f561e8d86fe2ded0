import { useI18n } from '../../i18n/i18n.ts';
import type { ListState } from '../../providers/data/use-list-state.ts';
import { Icon } from '../icon.tsx';
import type { Column } from './column.ts';

/** A column header; a button if the list can be sorted by it. */
export function SortHeader<T>({ column, state }: { column: Column<T>; state: ListState }) {
  const { t } = useI18n();
  const { title, sort, width, align } = column;
  const className = align ? 'cell-end' : undefined;
  if (!sort) {
    return (
      <th scope="col" style={{ width }} className={className}>
        {title}
      </th>
    );
  }
  const up = state.sort === sort;
  const down = state.sort === `-${sort}`;
  return (
    <th scope="col" style={{ width }} className={className} aria-sort={up ? 'ascending' : down ? 'descending' : 'none'}>
      <button
        type="button"
        className="sort-button"
        title={t('list.sort_by', { column: title })}
        onClick={() => state.set({ sort: up ? `-${sort}` : sort })}
      >
        {title}
        {up || down ? <Icon name={up ? 'up' : 'down'} size={14} /> : null}
      </button>
    </th>
  );
}
