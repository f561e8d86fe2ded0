import { t } from '../../i18n/i18n.ts';
import type { Selection } from './selection.ts';

/** The selection of a list's rows. */
export type Selecting<T> = { selection: Selection; nameOf: (row: T) => string; isSelectable?: (row: T) => boolean };

/** Selects all rows of the current page. */
export function SelectPageCell<T extends { id: string }>({ rows, by }: { rows: T[]; by: Selecting<T> }) {
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

export function SelectCell<T extends { id: string }>({ row, by }: { row: T; by: Selecting<T> }) {
  const { has, set, isAll } = by.selection;
  return (
    <td className="cell-select">
      <label>
        <input
          type="checkbox"
          aria-label={t('list.select_row', { name: by.nameOf(row) })}
          checked={has(row.id)}
          disabled={isAll || by.isSelectable?.(row) === false}
          onChange={({ target }) => set([row.id], target.checked)}
        />
      </label>
    </td>
  );
}
