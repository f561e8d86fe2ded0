import { t } from '../../i18n/i18n.ts';
import type { ListState } from '../../providers/data/use-list-state.ts';
import { Icon } from '../icon.tsx';

/** A filter set by a link; a click removes it. */
export function FilterToken({ state, name, label }: { state: ListState; name: string; label: string }) {
  if (!state.filters[name]) return null;
  return (
    <button
      type="button"
      className="filter-token"
      title={state.filters[name]}
      aria-label={t('list.remove_filter', { label })}
      onClick={() => state.set({ [name]: undefined })}
    >
      <span className="clip">{label}</span>
      <Icon name="close" size={14} />
    </button>
  );
}
