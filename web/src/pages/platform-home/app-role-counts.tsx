import { useI18n } from '../../i18n/i18n.ts';
import { roleName } from '../../i18n/role-name.ts';
import { RoleBars } from '../home/role-counts.tsx';
import { useRoleCounts } from '../users/use-role-counts.ts';

/** Users by app role: in the default tenant, or in all tenants together. */
export function AppRoleCounts() {
  const { t } = useI18n();
  const { data, error, refetch } = useRoleCounts();
  const note = data?.tenant ? t('platform.roles_in', { tenant: data.tenant.name }) : t('platform.roles_in_all');
  const rows = data?.roles.map((role) => ({ id: role.key, name: roleName(role), users: role.users }));
  return (
    <RoleBars
      title={t('platform.app_roles')}
      note={data ? note : undefined}
      rows={{ rows, error, retry: () => void refetch() }}
      empty={t('platform.app_roles_none')}
    />
  );
}
