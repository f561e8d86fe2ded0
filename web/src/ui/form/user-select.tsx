import './user-select.css';
import { Select, type SelectProps } from 'antd';
import { useDeferredValue, useState } from 'react';
import { uniqueById } from '../../core/unique.ts';
import { useRows } from '../../providers/data/use-rows.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { useKnownUser } from './use-known-user.ts';

type User = { id: string; name: string | null; email: string | null };

/** The users to select from: members of the tenant, or all users on the platform. */
function useUsers(q: string, chosen: string | undefined): User[] {
  const scope = useTenantScope();
  const allTenants = scope.kind === 'platform';
  const canRead = scope.can(allTenants ? 'users:read' : 'members:read');
  const state = { q, sort: 'name', cursor: undefined, filters: {} };
  const users = useRows<'users'>('users', { state, limit: 20, enabled: canRead && allTenants });
  const members = useRows<'members'>(scope.resource('members'), { state, limit: 20, enabled: canRead && !allTenants });
  const known = useKnownUser(chosen);
  const found = allTenants ? users.rows : members.rows?.map((member) => member.user);
  return [...(known ? [known] : []), ...(found ?? [])];
}

type Props = Omit<SelectProps<string | null>, 'value' | 'onChange'> & {
  label: string;
  value: string | undefined;
  onChange: (userId: string | undefined) => void;
  /** Users already loaded, such as the selected one. */
  known?: User[];
};

/** Selects a user by search. */
export function UserSelect({ label, value, onChange, known = [], ...select }: Props) {
  const [q, setQ] = useState('');
  const found = useUsers(useDeferredValue(q), value);
  const options = uniqueById([...found, ...(q === '' ? known : [])]).map(({ id, name, email }) => ({
    value: id,
    label: name || email || id,
    email,
  }));
  return (
    <Select<string | null>
      className="user-select"
      showSearch
      filterOption={false}
      aria-label={label}
      value={value ?? null}
      onSearch={setQ}
      onChange={(next) => onChange(next ?? undefined)}
      options={options}
      optionRender={({ data }) => (
        <span className="choice-option">
          <span>{data.label}</span>
          <span className="muted">{data.email}</span>
        </span>
      )}
      {...select}
    />
  );
}
