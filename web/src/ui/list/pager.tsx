import type { Page } from 'bff/contract';
import { formatTotal } from '../../i18n/format.ts';
import { type MessageKey, t } from '../../i18n/i18n.ts';
import type { ListState } from '../../providers/data/use-list-state.ts';
import { Icon } from '../icon.tsx';

type Props = { page: Page | undefined; state: ListState; count: MessageKey };

/** The total count, with next and previous page. */
export function Pager({ page, state, count }: Props) {
  if (!page) return null;
  const { prevCursor, nextCursor, total } = page;
  return (
    <nav className="between muted" aria-label={t('list.pages')}>
      <span className="numeric">{t(count, { count: total, n: formatTotal(page) })}</span>
      {prevCursor || nextCursor || state.cursor ? (
        <span className="row">
          <button
            type="button"
            className="text-button"
            disabled={!prevCursor && !state.cursor}
            onClick={() => state.goToPage(prevCursor)}
          >
            <Icon name="previous" size={16} />
            {t('list.previous')}
          </button>
          <button
            type="button"
            className="text-button"
            disabled={!nextCursor}
            onClick={() => state.goToPage(nextCursor)}
          >
            {t('list.next')}
            <Icon name="next" size={16} />
          </button>
        </span>
      ) : null}
    </nav>
  );
}
