import './note.css';
import type { ReactNode } from 'react';

/** A note about the whole page: an explanation or a warning. */
export function Note({ tone = 'neutral', children }: { tone?: 'neutral' | 'warn' | 'bad'; children: ReactNode }) {
  return <div className={`note note-${tone}`}>{children}</div>;
}
