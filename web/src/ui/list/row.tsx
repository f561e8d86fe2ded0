import { Link } from 'react-router';
import { t } from '../../i18n/i18n.ts';
import type { Column } from './column.ts';
import type { Selecting } from './selection.ts';

type Props<T> = {
  row: T;
  columns: Column<T>[];
  /** The heading of the group that begins here. */
  heading: string | undefined;
  to: string | undefined;
  selecting: Selecting<T> | undefined;
};

export function ListRow<T extends { id: string }>({ row, columns, heading, to, selecting }: Props<T>) {
  const isChosen = selecting?.selection.has(row.id);
  return (
    <>
      {heading === undefined ? null : (
        <tr className="data-group">
          <th scope="colgroup" colSpan={columns.length + (selecting ? 1 : 0)}>
            {heading}
          </th>
        </tr>
      )}
      <tr className={classes(to && 'data-row-link', isChosen && 'data-row-chosen')}>
        {selecting ? <SelectCell row={row} by={selecting} /> : null}
        {columns.map(({ title, render, narrow, align }, index) => (
          <td
            key={title}
            className={classes(index === 0 && 'cell-first', narrow && `cell-${narrow}`, align && 'cell-end')}
          >
            {index === 0 && to ? (
              <Link to={to} className="row-link plain-link">
                {render(row)}
              </Link>
            ) : (
              <>
                {narrow === 'named' ? <span className="narrow-only">{t('list.named', { title })} </span> : null}
                {render(row)}
              </>
            )}
          </td>
        ))}
      </tr>
    </>
  );
}

function SelectCell<T extends { id: string }>({ row, by }: { row: T; by: Selecting<T> }) {
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

const classes = (...names: unknown[]) => names.filter(Boolean).join(' ') || undefined;
