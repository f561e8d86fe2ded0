import './user-select.css';
import { Select } from 'antd';
import { useDeferredValue, useState } from 'react';
import { useRows } from '../../providers/data/use-rows.ts';
import { usePlace } from '../../providers/tenant/tenant-scope.tsx';

type Person = { id: string; name: string | null; email: string | null };

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
  return everybody ? (users.rows ?? []) : [...(known.rows ?? []), ...(members.rows ?? [])].map((member) => member.user);
}

type Props = {
  label: string;
  placeholder: string;
  value: string | undefined;
  onChange: (userId: string | undefined) => void;
  allowClear?: boolean;
  /** People whose names are known already, such as the chosen one. */
  known?: Person[];
};

/** One person, found by typing. */
export function PersonSelect({ label, placeholder, value, onChange, allowClear = false, known = [] }: Props) {
  const [q, setQ] = useState('');
  const found = usePeople(useDeferredValue(q), value);
  const people = [...found, ...(q === '' ? known : [])];
  const options = people
    .filter((person, at) => people.findIndex((other) => other.id === person.id) === at)
    .map(({ id, name, email }) => ({ value: id, label: name || email || id, email }));
  return (
    <Select
      className="person-select"
      showSearch
      allowClear={allowClear}
      filterOption={false}
      aria-label={label}
      placeholder={placeholder}
      value={value ?? null}
      onSearch={setQ}
      onChange={(next: string | null) => onChange(next ?? undefined)}
      options={options}
      optionRender={({ data }) => (
        <span className="choice-option">
          <span>{data.label}</span>
          <span className="quiet">{data.email}</span>
        </span>
      )}
    />
  );
}
