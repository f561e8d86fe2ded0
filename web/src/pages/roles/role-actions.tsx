import type { RoleDetail } from 'bff/contract';
import { t } from '../../i18n/i18n.ts';
import type { PermissionCode } from '../../providers/access/permissions.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { lazyDialog } from '../../ui/feedback/lazy.tsx';
import { DialogButton } from '../../ui/form/action-button.tsx';

const RoleDialog = lazyDialog(() => import('./form/role-dialog.tsx'));
const CloneDialog = lazyDialog(() => import('./clone-dialog.tsx'));
const DeleteDialog = lazyDialog(() => import('./delete-dialog.tsx'));

/** A permission of the role that the user lacks: the server rejects changes to such a role. */
function useMissingPermission({ permissions }: RoleDetail): string | undefined {
  const scope = useTenantScope();
  const missing = permissions.find(({ code }) => !scope.can(code as PermissionCode));
  return missing ? t('roles.exceeds_own', { permission: missing.code }) : undefined;
}

/** Returns why a role cannot be changed, if it cannot. */
export function useBlockedReason(role: RoleDetail): string | undefined {
  const exceeds = useMissingPermission(role);
  return role.isSystem ? t('roles.is_system') : exceeds;
}

export function CreateRole() {
  return (
    <DialogButton type="primary" permission="roles:create" label={t('roles.create')}>
      {(close) => <RoleDialog onClose={close} />}
    </DialogButton>
  );
}

/** Clone, which is also the way to adapt a system role, and delete, which reassigns the holders. */
export function RoleActions({ role }: { role: RoleDetail }) {
  const exceeds = useMissingPermission(role);
  const blocked = useBlockedReason(role);
  return (
    <>
      <DialogButton
        permission="roles:create"
        blocked={role.isOwner ? t('roles.clone_owner') : exceeds}
        label={t('roles.clone')}
      >
        {(close) => <CloneDialog role={role} onClose={close} />}
      </DialogButton>
      <DialogButton permission="roles:delete" danger blocked={blocked} label={t('roles.delete')}>
        {(close) => <DeleteDialog role={role} onClose={close} />}
      </DialogButton>
    </>
  );
}

export function EditRole({ role }: { role: RoleDetail }) {
  return (
    <DialogButton type="primary" permission="roles:update" blocked={useBlockedReason(role)} label={t('roles.edit')}>
      {(close) => <RoleDialog role={role} onClose={close} />}
    </DialogButton>
  );
}
