import type { ReactNode } from 'react';

/** Renders each named value. */
export const each = <T>(values: Record<string, T>, render: (value: T) => ReactNode): Record<string, ReactNode> =>
  Object.fromEntries(Object.entries(values).map(([state, value]) => [state, render(value)]));
