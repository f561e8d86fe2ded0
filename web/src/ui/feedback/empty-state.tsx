import './empty-state.css';
import type { ReactNode } from 'react';

type Props = {
  title: string;
  text?: string;
  /** The next step. */
  action?: ReactNode;
  /** Whether a search found nothing; else there is nothing yet. */
  isSearch?: boolean;
  /** Whether loading failed. */
  isError?: boolean;
};

/** Shown in place of an empty list, with the next step. */
export function EmptyState({ title, text, action, isSearch = false, isError = false }: Props) {
  return (
    <div className="empty-state" role="status">
      <svg className="empty-drawing" viewBox="0 0 96 56" width={96} height={56} fill="none" aria-hidden="true">
        <path d="M10 12h76M10 28h76M10 44h76" strokeWidth={12} opacity={0.35} />
        <path d="M10 12h4M10 28h4M10 44h4M26 12h34M26 28h22M26 44h28" strokeWidth={3} />
        {isError ? (
          <path className="empty-error" d="M74 12v20M74 42h.01" strokeWidth={4} />
        ) : isSearch ? (
          <path className="empty-accent" d="M68 40a12 12 0 1 0 0-24 12 12 0 0 0 0 24ZM77 37l11 11" strokeWidth={3} />
        ) : (
          <path className="empty-accent" d="M72 16v24M60 28h24" strokeWidth={3} />
        )}
      </svg>
      <p className="empty-title">{title}</p>
      {text ? <p>{text}</p> : null}
      {action ? <div className="empty-action">{action}</div> : null}
    </div>
  );
}
