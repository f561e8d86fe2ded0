import './status-dot.css';

export type Tone = 'good' | 'warn' | 'bad' | 'neutral';

/** A state as a small dot and a word; colour never carries the meaning alone. */
export function StatusDot({ tone, children }: { tone: Tone; children: string }) {
  return (
    <span className={`status status-${tone}`}>
      <span className="status-dot" aria-hidden="true" />
      {children}
    </span>
  );
}
