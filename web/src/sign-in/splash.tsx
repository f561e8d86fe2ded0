import './splash.css';
import { t } from '../i18n/i18n.ts';

/** Shown while the console loads; delayed, so that a fast start shows nothing. */
export function Splash() {
  return (
    <div className="splash" role="status">
      <span className="visually-hidden">{t('app.loading')}</span>
      <span className="splash-bar" aria-hidden="true" />
    </div>
  );
}
