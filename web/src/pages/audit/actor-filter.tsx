import { useI18n } from '../../i18n/i18n.ts';
import { PersonSelect } from '../../ui/person-select.tsx';
import type { ListState } from '../../ui/use-list-state.ts';

/** Whose deeds to show. */
export function ActorFilter({ state }: { state: ListState }) {
  const { t } = useI18n();
  return (
    <PersonSelect
      allowClear
      label={t('audit.actor')}
      placeholder={t('list.any', { label: t('audit.actor') })}
      value={state.filters.actorId}
      onChange={(actorId) => state.set({ actorId })}
    />
  );
}
