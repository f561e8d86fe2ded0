import type { Page } from 'bff/contract';
import { formatTotal } from '../../i18n/format.ts';
import type { MessageKey } from '../../i18n/i18n.ts';
import { useI18n } from '../../i18n/i18n.ts';
import type { ListState } from '../../providers/data/use-list-state.ts';
import { Icon } from '../icon.tsx';

type Props = { page: Page | undefined; state: ListState; count: MessageKey };

/** The total count, with next and previous page. */
export function Pager({ page, state, count }: Props) {
  const { t } = useI18n();
  if (!page) return null;
  return (
    <nav className="pager" aria-label={t('list.pages')}>
      <span className="numeric">{t(count, { count: page.total, n: formatTotal(page) })}</span>
      {page.prevCursor || page.nextCursor || state.cursor ? (
        <span className="pager-buttons">
          <button
            type="button"
            disabled={!page.prevCursor && !state.cursor}
            onClick={() => state.goToPage(page.prevCursor)}
          >
            <Icon name="previous" size={16} />
            {t('list.previous')}
          </button>
          <button type="button" disabled={!page.nextCursor} onClick={() => state.goToPage(page.nextCursor)}>
            {t('list.next')}
            <Icon name="next" size={16} />
          </button>
        </span>
      ) : null}
    </nav>
  );
}
