import { useI18n } from '../../i18n/i18n.ts';
import type { ListState } from '../../providers/data/use-list-state.ts';
import { Icon } from '../icon.tsx';

/** A filter that came with a link: says what it narrows to, and goes away with one click. */
export function FilterToken({ state, name, label }: { state: ListState; name: string; label: string }) {
  const { t } = useI18n();
  if (!state.filters[name]) return null;
  return (
    <button
      type="button"
      className="filter-token"
      title={state.filters[name]}
      aria-label={t('list.remove_filter', { label })}
      onClick={() => state.set({ [name]: undefined })}
    >
      {label}
      <Icon name="close" size={14} />
    </button>
  );
}
