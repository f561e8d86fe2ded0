import './note.css';
import type { ReactNode } from 'react';

/** A sentence or two about the whole page: why something is as it is, or what is wrong and the way out. */
export function Note({ tone = 'neutral', children }: { tone?: 'neutral' | 'warn' | 'bad'; children: ReactNode }) {
  return <div className={`note note-${tone}`}>{children}</div>;
}
