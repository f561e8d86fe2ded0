/** A cell position; column headers are row -1. */
export type Position = { row: number; column: number };
type Size = { rows: number; columns: number };

export const HEADS = -1;
const PAGE = 10;

/** Returns the next position for a key; undefined for other keys. */
export function nextPosition(key: string, withCtrl: boolean, { row, column }: Position, { rows, columns }: Size) {
  const moves: Record<string, [row: number, column: number]> = {
    ArrowUp: [row - 1, column],
    ArrowDown: [row + 1, column],
    ArrowLeft: [row, column - 1],
    ArrowRight: [row, column + 1],
    Home: [withCtrl ? 0 : row, 0],
    End: [withCtrl ? rows - 1 : row, columns - 1],
    PageUp: [Math.max(row - PAGE, 0), column],
    PageDown: [row + PAGE, column],
  };
  const next = moves[key];
  if (!next) return undefined;
  const within = (value: number, least: number, most: number) => Math.max(least, Math.min(value, most));
  return { row: within(next[0], HEADS, rows - 1), column: within(next[1], 0, columns - 1) };
}
