import { useI18n } from '../../i18n/i18n.ts';
import type { ListState } from '../../providers/data/use-list-state.ts';
import { UserSelect } from '../../ui/form/user-select.tsx';

/** Filters the log by actor. */
export function ActorFilter({ state }: { state: ListState }) {
  const { t } = useI18n();
  return (
    <UserSelect
      allowClear
      label={t('audit.actor')}
      placeholder={t('list.all', { label: t('audit.actor') })}
      value={state.filters.actorId}
      onChange={(actorId) => state.set({ actorId })}
    />
  );
}
