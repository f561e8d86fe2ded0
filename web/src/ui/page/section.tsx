import './page.css';
import type { ReactNode } from 'react';
import { useId } from 'react';

type Props = { title: string; note?: ReactNode; actions?: ReactNode; children: ReactNode };

/** A titled section of a page. */
export function Section({ title, note, actions, children }: Props) {
  const id = useId();
  return (
    <section className="section" aria-labelledby={id}>
      <header className="section-header between">
        <div>
          <h2 id={id}>{title}</h2>
          {note ? <p className="muted">{note}</p> : null}
        </div>
        {actions ? <div className="row">{actions}</div> : null}
      </header>
      {children}
    </section>
  );
}
