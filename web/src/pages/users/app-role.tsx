import type { UserDetail } from 'bff/contract';
import { useState } from 'react';
import { useI18n } from '../../i18n/i18n.ts';
import { usePaths } from '../../providers/tenant/use-paths.ts';
import { RoleChip } from '../../ui/chips/role-chip.tsx';
import { PermissionButton } from '../../ui/form/permission-button.tsx';
import { Section } from '../../ui/page/section.tsx';
import { AppRoleDialog } from './app-role-dialog.tsx';
import { ProviderPush } from './provider-push.tsx';
import { useRoleCounts } from './use-role-counts.ts';

type Props = { user: UserDetail; name: string };
type Tenant = { id: string; name: string; slug: string };

/** A user's app role in a single-tenant app; hidden in a multi-tenant app. */
export function AppRole({ user, name }: Props) {
  const { data } = useRoleCounts();
  if (!data?.tenant || user.deletedAt) return null;
  return <AppRoleSection user={user} name={name} tenant={data.tenant} roles={data.roles} />;
}

function AppRoleSection({
  user,
  name,
  tenant,
  roles,
}: Props & { tenant: Tenant; roles: { key: string; name: string }[] }) {
  const { t } = useI18n();
  const paths = usePaths(tenant);
  const [open, setOpen] = useState(false);
  const { appRole } = user;
  const belongs = user.memberships.some((each) => each.tenant.id === tenant.id && each.status !== 'left');
  return (
    <Section
      title={t('users.app_role')}
      note={t('users.app_role_note', { tenant: tenant.name })}
      actions={
        <PermissionButton
          permission="users:update"
          blocked={belongs ? undefined : t('error.not_a_member')}
          onClick={() => setOpen(true)}
        >
          {t('users.change_app_role')}
        </PermissionButton>
      }
    >
      <p className="app-role">
        {appRole ? (
          <RoleChip role={appRole} to={paths.target('role', appRole.id)} />
        ) : (
          <span className="muted">{t('role.none')}</span>
        )}
        <ProviderPush userId={user.id} />
      </p>
      <AppRoleDialog open={open} user={user} name={name} roles={roles} onClose={() => setOpen(false)} />
    </Section>
  );
}
