import type { UserDetail } from 'bff/contract';
import { t } from '../../i18n/i18n.ts';
import { usePaths } from '../../providers/tenant/use-paths.ts';
import { RoleChip } from '../../ui/chips/role-chip.tsx';
import { lazyDialog } from '../../ui/feedback/lazy.tsx';
import { DialogButton } from '../../ui/form/action-button.tsx';
import { Section } from '../../ui/page/section.tsx';
import { ProviderPush } from './provider-push.tsx';
import { useRoleCounts } from './use-role-counts.ts';

const AppRoleDialog = lazyDialog(() => import('./app-role-dialog.tsx'));

/** A user's app role in a single-tenant app; hidden in a multi-tenant app. */
export function AppRole({ user, name }: { user: UserDetail; name: string }) {
  const { tenant, roles = [] } = useRoleCounts().data ?? {};
  const { target } = usePaths(tenant ?? { id: '', slug: '' });
  const { appRole, deletedAt, memberships } = user;
  if (!tenant || deletedAt) return null;
  const belongs = memberships.some((each) => each.tenant.id === tenant.id && each.status !== 'left');
  return (
    <Section
      title={t('users.app_role')}
      note={t('users.app_role_note', { tenant: tenant.name })}
      actions={
        <DialogButton
          permission="users:update"
          label={t('users.change_app_role')}
          blocked={belongs ? undefined : t('error.not_a_member')}
        >
          {(close) => <AppRoleDialog user={user} name={name} roles={roles} onClose={close} />}
        </DialogButton>
      }
    >
      <p className="row wrap">
        {appRole ? (
          <RoleChip role={appRole} to={target('role', appRole.id)} />
        ) : (
          <span className="muted">{t('role.none')}</span>
        )}
        <ProviderPush userId={user.id} />
      </p>
    </Section>
  );
}
