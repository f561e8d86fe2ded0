import './frame.css';
import type { ReactNode } from 'react';
import { chooseLocale, LOCALE_NAMES, LOCALES, useI18n } from '../i18n/i18n.ts';

/** The layout of every page outside the console: one column with logo and language switch. */
export function Frame({ title, lead, children }: { title: string; lead?: ReactNode; children?: ReactNode }) {
  const { locale, t } = useI18n();
  return (
    <div className="entry">
      <title>{`${title} · ${t('app.name')}`}</title>
      <header className="entry-header">
        <a className="entry-mark" href="/">
          <img src="/mark.svg" alt="" width="26" height="26" />
          {t('app.name')}
        </a>
        <nav aria-label={t('entry.language')} className="entry-languages">
          {LOCALES.map((each) => (
            <button
              key={each}
              type="button"
              lang={each}
              aria-pressed={each === locale}
              onClick={() => chooseLocale(each)}
            >
              {LOCALE_NAMES[each]}
            </button>
          ))}
        </nav>
      </header>
      <main className="entry-main">
        <h1>{title}</h1>
        {lead ? <p className="entry-lead">{lead}</p> : null}
        {children}
      </main>
    </div>
  );
}
