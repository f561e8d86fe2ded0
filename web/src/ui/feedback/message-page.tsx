import './message-page.css';
import type { ReactNode } from 'react';
import { useI18n } from '../../i18n/i18n.ts';

type Props = { title: string; text?: ReactNode; actions?: ReactNode; note?: ReactNode };

/** Shown in place of a page: message and actions. */
export function MessagePage({ title, text, actions, note }: Props) {
  const { t } = useI18n();
  return (
    <section className="message-page">
      <title>{`${title} · ${t('app.name')}`}</title>
      <h1>{title}</h1>
      {text ? <p>{text}</p> : null}
      {actions ? <div className="message-actions">{actions}</div> : null}
      {note ? <div className="message-note">{note}</div> : null}
    </section>
  );
}
