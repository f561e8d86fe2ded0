import { memo } from 'react';
import { Icon } from '../../../ui/icon.tsx';

type Props = {
  row: number;
  column: number;
  /** What it is, without on or off, which a switch says itself. */
  label: string;
  /** Why it cannot be switched. */
  locked: string | undefined;
  isOn: boolean;
  isOwn: boolean;
  isEdited: boolean;
  isConditional: boolean;
  /** The one cell of the grid that Tab reaches. */
  isActive: boolean;
};

/** One switch of the grid. Repainted only when what it shows changes; the grid hears its keys and clicks. */
export const MatrixCell = memo(function MatrixCell(props: Props) {
  const { row, column, label, locked, isOn, isOwn, isEdited, isConditional, isActive } = props;
  const look = isOn ? (isOwn ? 'cell-own' : 'cell-inherited') : 'cell-off';
  return (
    <td className={isEdited ? 'matrix-cell cell-edited' : 'matrix-cell'}>
      <span
        role="switch"
        className={locked ? `cell-switch ${look} cell-locked` : `cell-switch ${look}`}
        aria-checked={isOn}
        aria-disabled={locked ? true : undefined}
        aria-label={label}
        aria-description={locked}
        title={locked ?? label}
        tabIndex={isActive ? 0 : -1}
        data-row={row}
        data-column={column}
      >
        {isOn ? <Icon name={isConditional ? 'condition' : 'check'} size={14} /> : null}
      </span>
    </td>
  );
});
