import { memo } from 'react';
import { useLocale } from '../../../i18n/i18n.ts';
import { permissionLabel } from '../../../ui/chips/permission-label.ts';
import { PermissionTag } from '../../../ui/chips/permission-tag.tsx';
import { Icon } from '../../../ui/icon.tsx';
import { type Cell, cellLabel, type Permission } from './use-matrix.ts';

type Props = {
  /** Its row index in the grid. */
  at: number;
  permission: Permission;
  cells: Cell[];
  /** The column in the tab order, if it is in this row. */
  active: number | undefined;
};

/** One permission across all roles. The grid handles keys and clicks; an edit re-renders only its own row. */
export const MatrixRow = memo(function MatrixRow({ at, permission, cells, active }: Props) {
  useLocale();
  return (
    <tr>
      <th scope="row">
        <PermissionTag code={permission.code} />
        <span className="permission-about">
          {permissionLabel(permission)}
          {cells.length === 1 && cells[0]?.reason ? <em> {cells[0].reason}</em> : null}
        </span>
      </th>
      {cells.map((cell, column) => {
        const label = cellLabel(permission.code, cell, false);
        return (
          <td key={cell.role.id} className={cell.isEdited ? 'matrix-cell cell-edited' : 'matrix-cell'}>
            <span
              role="switch"
              className={cellClass(cell)}
              aria-checked={cell.isOn}
              aria-disabled={cell.locked ? true : undefined}
              aria-label={label}
              aria-description={cell.locked}
              title={cell.locked ?? label}
              tabIndex={column === active ? 0 : -1}
              data-row={at}
              data-column={column}
            >
              {cell.isOn ? <Icon name={cell.isConditional ? 'condition' : 'check'} size={14} /> : null}
            </span>
          </td>
        );
      })}
    </tr>
  );
}, isEqual);

export const cellClass = ({ isOn, isOwn, locked }: Pick<Cell, 'isOn' | 'isOwn' | 'locked'>) =>
  `cell-switch ${isOn ? (isOwn ? 'cell-own' : 'cell-inherited') : 'cell-off'}${locked === undefined ? '' : ' cell-locked'}`;

function isEqual(one: Props, other: Props): boolean {
  return (
    one.at === other.at &&
    one.active === other.active &&
    one.permission === other.permission &&
    one.cells.length === other.cells.length &&
    one.cells.every((cell, at) => isSame(cell, other.cells[at]))
  );
}

const isSame = (one: Cell, other: Cell | undefined) =>
  (Object.keys(one) as (keyof Cell)[]).every((key) => one[key] === other?.[key]);
