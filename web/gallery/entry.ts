import type { ReactNode } from 'react';

/** A shared piece and what it shows by state. */
export type Entry = { name: string; states: Record<string, ReactNode> };
