import { memo } from 'react';
import { permissionLabel } from '../../../ui/chips/permission-label.ts';
import { PermissionTag } from '../../../ui/chips/permission-tag.tsx';
import { MatrixCell } from './cell.tsx';
import type { Cell, MatrixColumn, Permission } from './use-matrix.ts';
import { useCellLabel } from './use-matrix.ts';

type Props = {
  /** Its row index in the grid. */
  at: number;
  permission: Permission;
  columns: MatrixColumn[];
  cells: Cell[];
  /** The column in the tab order, if it is in this row. */
  active: number | undefined;
};

/** One permission across all roles. An edit re-renders only its own row. */
export const MatrixRow = memo(function MatrixRow({ at, permission, columns, cells, active }: Props) {
  const cellLabel = useCellLabel();
  return (
    <tr>
      <th scope="row" title={permissionLabel(permission)}>
        <PermissionTag code={permission.code} />
      </th>
      {columns.map(({ role }, column) => {
        const cell = cells[column];
        return cell ? (
          <MatrixCell
            key={role.id}
            row={at}
            column={column}
            label={cellLabel(role, permission.code, cell, false)}
            locked={cell.locked}
            isOn={cell.isOn}
            isOwn={cell.isOwn}
            isEdited={cell.isEdited}
            isConditional={cell.isConditional}
            isActive={column === active}
          />
        ) : null;
      })}
    </tr>
  );
}, isEqual);

function isEqual(one: Props, other: Props): boolean {
  const same = one.at === other.at && one.active === other.active && one.permission === other.permission;
  return (
    same && one.cells.length === other.cells.length && one.cells.every((cell, at) => sameCell(at, cell, one, other))
  );
}

function sameCell(at: number, cell: Cell, one: Props, other: Props): boolean {
  const next = other.cells[at];
  return (
    one.columns[at]?.role === other.columns[at]?.role &&
    cell.isOn === next?.isOn &&
    cell.isOwn === next.isOwn &&
    cell.isEdited === next.isEdited &&
    cell.isConditional === next.isConditional &&
    cell.from === next.from &&
    cell.locked === next.locked
  );
}
