/** A cell position; column headers are row -1. */
export type Position = { row: number; column: number };

export const HEADS = -1;
const PAGE = 10;
const between = (value: number, most: number) => Math.max(0, Math.min(value, most));

/** Returns the next position for a key; undefined for other keys. */
export function nextPosition(key: string, withCtrl: boolean, from: Position, size: { rows: number; columns: number }) {
  const last = { row: size.rows - 1, column: size.columns - 1 };
  const to = (row: number, column: number): Position => ({
    row: between(row, last.row),
    column: between(column, last.column),
  });
  const { row, column } = from;
  switch (key) {
    case 'ArrowUp':
      return row <= 0 ? { row: HEADS, column } : to(row - 1, column);
    case 'ArrowDown':
      return to(row + 1, column);
    case 'ArrowLeft':
      return to(row, column - 1);
    case 'ArrowRight':
      return to(row, column + 1);
    case 'Home':
      return withCtrl ? to(0, 0) : to(row, 0);
    case 'End':
      return withCtrl ? to(last.row, last.column) : to(row, last.column);
    case 'PageUp':
      return to(row - PAGE, column);
    case 'PageDown':
      return to(row + PAGE, column);
    default:
      return undefined;
  }
}
