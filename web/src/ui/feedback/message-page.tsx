import './message-page.css';
import type { ReactNode } from 'react';
import { useCrumb } from './crumb.ts';
import { PageTitle } from './page-title.tsx';

type Props = { title: string; text?: ReactNode; actions?: ReactNode; note?: ReactNode };

/** Shown in place of a page: message and actions. */
export function MessagePage({ title, text, actions, note }: Props) {
  useCrumb(title, false);
  return (
    <section className="message-page">
      <PageTitle title={title} />
      {text ? <p>{text}</p> : null}
      {actions ? <div className="row wrap">{actions}</div> : null}
      {note ? <div>{note}</div> : null}
    </section>
  );
}
