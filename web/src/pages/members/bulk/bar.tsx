import './bulk.css';
import type { Page } from 'bff/contract';
import { t, wholeNumber } from '../../../i18n/i18n.ts';
import type { ListState } from '../../../providers/data/use-list-state.ts';
import { lazyDialog } from '../../../ui/feedback/lazy.tsx';
import { DialogButton } from '../../../ui/form/action-button.tsx';
import type { Selection } from '../../../ui/list/selection.ts';
import { bulkFilter } from './draft.ts';

const BulkDialog = lazyDialog(() => import('./dialog.tsx'));

/** The server's limit for one bulk change. */
const MOST = 5_000;
const SELECTION_LIMIT = 500;

type Props = {
  state: ListState;
  selection: Selection;
  page: Page | undefined;
  /** Leaves selection mode, where there is one. */
  onClose: () => void;
};

/** The number of selected members and the bulk action; sticky while the list scrolls. */
export function BulkBar({ state, selection, page, onClose }: Props) {
  const filter = bulkFilter(state.q, state.filters);
  const total = page?.total ?? 0;
  const chosen = selection.isAll ? total : selection.ids.size;
  const isCounted = !selection.isAll || page?.totalIsExact;
  const title = isCounted ? t('members.bulk_change', { count: chosen }) : t('members.change_roles');
  const tooMany = selection.isAll ? chosen > MOST : chosen > SELECTION_LIMIT;
  const most = wholeNumber(selection.isAll ? MOST : SELECTION_LIMIT);
  const close = () => {
    selection.clear();
    onClose();
  };
  return (
    <section className="bulk-bar bottom-bar" aria-label={t('members.bulk_selection')}>
      <p aria-live="polite">
        <strong>
          {selection.isAll ? t('members.bulk_all_selected') : t('members.bulk_selected', { count: chosen })}
        </strong>
        {tooMany ? <span className="text-bad"> {t('members.bulk_too_many', { most })}</span> : null}
      </p>
      {filter && !selection.isAll && total > chosen ? (
        <button type="button" className="text-button" onClick={selection.setAll}>
          {t('members.bulk_select_all')}
        </button>
      ) : null}
      <span className="bulk-bar-actions">
        <button type="button" className="text-button" onClick={close}>
          {t('members.bulk_clear')}
        </button>
        <DialogButton permission="roles:assign" type="primary" disabled={chosen === 0 || tooMany} label={title}>
          {(closeDialog) => (
            <BulkDialog
              title={title}
              whom={selection.isAll && filter ? { filter } : { memberIds: [...selection.ids] }}
              onClose={closeDialog}
              onSent={close}
            />
          )}
        </DialogButton>
      </span>
    </section>
  );
}
