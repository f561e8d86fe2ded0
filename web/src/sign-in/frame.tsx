import './frame.css';
import type { ReactNode } from 'react';
import { chooseLocale, currentLocale, LOCALE_NAMES, LOCALES, t } from '../i18n/i18n.ts';
import { sessionHasEnded } from '../providers/auth/session.ts';
import { EntryButton } from './fields.tsx';

/** The layout of every page outside the console: one column with logo and language switch. */
export function Frame({ title, lead, children }: { title: string; lead?: ReactNode; children?: ReactNode }) {
  const locale = currentLocale();
  return (
    <div className="entry">
      <title>{`${title} · ${t('app.name')}`}</title>
      <header>
        <a className="entry-mark" href="/">
          <img src="/mark.svg" alt="" width="26" height="26" />
          {t('app.name')}
        </a>
        <nav aria-label={t('entry.language')} className="entry-toggle">
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
      <main>
        <h1>{title}</h1>
        {lead ? <p className="entry-lead">{lead}</p> : null}
        {children}
      </main>
    </div>
  );
}

/** Shown where the server, or a part of the console, cannot be reached. */
export function Unavailable({ reason, onRetry }: { reason: string; onRetry: () => void }) {
  return (
    <Frame title={t('entry.down_title')} lead={reason}>
      <div className="entry-form">
        <EntryButton onClick={onRetry}>{t('entry.try_again')}</EntryButton>
      </div>
    </Frame>
  );
}

/** A sign-in page, which tells when a session ended without a sign-out. */
export function SignInFrame({ lead, children }: { lead?: ReactNode; children: ReactNode }) {
  return (
    <Frame title={t('entry.sign_in_title')} lead={lead ?? t('app.tagline')}>
      {sessionHasEnded() ? (
        <p role="status" className="entry-note">
          {t('error.http_401')}
        </p>
      ) : null}
      {children}
    </Frame>
  );
}

/** Shown while the console loads; delayed, so that a fast start shows nothing. */
export function Splash() {
  return (
    <div className="splash" role="status">
      <span className="visually-hidden">{t('app.loading')}</span>
      <span className="splash-bar" aria-hidden="true" />
    </div>
  );
}
