import { Select } from 'antd';
import { useDeferredValue, useState } from 'react';
import { useI18n } from '../../i18n/i18n.ts';
import { usePlace } from '../../providers/place.tsx';
import { useRows } from '../../providers/use-rows.ts';
import type { ListState } from '../../ui/use-list-state.ts';

type Person = { id: string; name: string; email: string | null };

/** People to choose from: this tenant's members, or on the platform everybody. */
function usePeople(q: string, chosen: string | undefined): Person[] {
  const place = usePlace();
  const everybody = place.kind === 'platform';
  const may = place.may(everybody ? 'users:read' : 'members:read').can;
  const state = { q, sort: 'name', cursor: undefined, filters: {} };
  const users = useRows<'users'>('users', { state, limit: 20, enabled: may && everybody });
  const members = useRows<'members'>(place.resource('members'), { state, limit: 20, enabled: may && !everybody });
  const known = useRows<'members'>(place.resource('members'), {
    fixed: { userId: chosen ?? '' },
    limit: 1,
    enabled: may && !everybody && chosen !== undefined,
  });
  const all = everybody
    ? (users.rows ?? [])
    : [...(known.rows ?? []), ...(members.rows ?? [])].map((member) => member.user);
  return all.filter((person, at) => all.findIndex((other) => other.id === person.id) === at);
}

/** Whose deeds to show. */
export function ActorFilter({ state }: { state: ListState }) {
  const { t } = useI18n();
  const [q, setQ] = useState('');
  const chosen = state.filters.actorId;
  const people = usePeople(useDeferredValue(q), chosen);
  const options = people.map(({ id, name, email }) => ({ value: id, label: name || email || id, email }));
  return (
    <Select
      className="actor-filter"
      showSearch
      allowClear
      filterOption={false}
      aria-label={t('audit.actor')}
      placeholder={t('list.any', { label: t('audit.actor') })}
      value={chosen ?? null}
      onSearch={setQ}
      onChange={(value: string | null) => state.set({ actorId: value ?? undefined })}
      options={options}
      optionRender={({ data }) => (
        <span className="actor-option">
          <span>{data.label}</span>
          <span className="quiet">{data.email}</span>
        </span>
      )}
    />
  );
}
