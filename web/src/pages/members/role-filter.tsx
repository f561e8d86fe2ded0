import { useState } from 'react';
import { t } from '../../i18n/i18n.ts';
import { roleName } from '../../i18n/role-name.ts';
import { useAllRows } from '../../providers/data/use-all-rows.ts';
import type { ListState } from '../../providers/data/use-list-state.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { FilterSelect } from '../../ui/list/filters.tsx';

/** Filters by role. The roles are read when it is reached, or names one. */
export function RoleFilter({ state }: { state: ListState }) {
  const scope = useTenantScope();
  const [isReached, setReached] = useState(false);
  const enabled = isReached || state.filters.roleId !== undefined;
  const { rows = [] } = useAllRows<'roles'>(scope.resource('roles'), { sort: 'name' }, enabled);
  return (
    <FilterSelect
      state={state}
      name="roleId"
      label={t('members.role')}
      options={rows.map((role) => ({ value: role.id, label: roleName(role) }))}
      onReach={() => setReached(true)}
    />
  );
}
