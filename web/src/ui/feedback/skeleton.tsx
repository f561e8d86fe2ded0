import './skeleton.css';
import { t } from '../../i18n/i18n.ts';

/** Placeholder rows while loading. */
export function ListSkeleton({ rows, columns }: { rows: number; columns: number }) {
  return (
    <div role="status" className="skeleton">
      <span className="visually-hidden">{t('app.loading')}</span>
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: placeholders have no identity and never move.
        <div className="skeleton-row" key={row} aria-hidden="true">
          {Array.from({ length: columns }, (_, column) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: placeholders have no identity and never move.
            <span key={column} style={{ width: `${34 + ((row * 29 + column * 41) % 48)}%` }} />
          ))}
        </div>
      ))}
    </div>
  );
}
