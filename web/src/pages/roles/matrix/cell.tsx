import { memo } from 'react';
import { Icon } from '../../../ui/icon.tsx';

type Props = {
  row: number;
  column: number;
  /** The label without on or off, which role="switch" announces. */
  label: string;
  /** Why it cannot be changed. */
  locked: string | undefined;
  isOn: boolean;
  isOwn: boolean;
  isEdited: boolean;
  isConditional: boolean;
  /** Whether it is the one cell in the tab order. */
  isActive: boolean;
};

/** One switch of the grid. Memoized; the grid handles keys and clicks. */
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
