import type { ReactNode } from 'react';

/** One column of a DataList. */
export type Column<T> = {
  title: string;
  render: (row: T) => ReactNode;
  /** The API's name for sorting by this column. */
  sort?: string;
  width?: string;
  align?: 'end';
  /** On a phone: 'full' takes its own line, 'hide' is left out; others share the line below the first, 'named' with their title. */
  narrow?: 'full' | 'hide' | 'named';
};
