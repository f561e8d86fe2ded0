import type { RoleDetail } from 'bff/contract';
import { lazy } from 'react';
import { useI18n } from '../../i18n/i18n.ts';
import type { PermissionCode } from '../../providers/access/permissions.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { DialogButton } from '../../ui/form/action-button.tsx';

const RoleDialog = lazy(() => import('./form/role-drawer.tsx'));
const CloneDialog = lazy(() => import('./clone-dialog.tsx'));
const DeleteDialog = lazy(() => import('./delete-dialog.tsx'));

/** A permission of the role that the user lacks: the server rejects changes to such a role. */
function useMissingPermission({ permissions }: RoleDetail): string | undefined {
  const { t } = useI18n();
  const scope = useTenantScope();
  const missing = permissions.find(({ code }) => !scope.can(code as PermissionCode));
  return missing ? t('roles.exceeds_own', { permission: missing.code }) : undefined;
}

/** Returns why a role cannot be changed, if it cannot. */
export function useBlockedReason(role: RoleDetail): string | undefined {
  const { t } = useI18n();
  const exceeds = useMissingPermission(role);
  return role.isSystem ? t('roles.is_system') : exceeds;
}

export function CreateRole() {
  const { t } = useI18n();
  return (
    <DialogButton type="primary" permission="roles:create" label={t('roles.create')}>
      {(close) => <RoleDialog onClose={close} />}
    </DialogButton>
  );
}

export function EditRole({ role }: { role: RoleDetail }) {
  const { t } = useI18n();
  return (
    <DialogButton type="primary" permission="roles:update" blocked={useBlockedReason(role)} label={t('roles.edit')}>
      {(close) => <RoleDialog role={role} onClose={close} />}
    </DialogButton>
  );
}

/** Creates a role with the same permissions; also the way to adapt a system role. */
export function CloneRole({ role }: { role: RoleDetail }) {
  const { t } = useI18n();
  const exceeds = useMissingPermission(role);
  const blocked = role.isOwner ? t('roles.clone_owner') : exceeds;
  return (
    <DialogButton permission="roles:create" blocked={blocked} label={t('roles.clone')}>
      {(close) => <CloneDialog role={role} onClose={close} />}
    </DialogButton>
  );
}

/** Deletes a role and reassigns its holders. */
export function DeleteRole({ role }: { role: RoleDetail }) {
  const { t } = useI18n();
  return (
    <DialogButton permission="roles:delete" danger blocked={useBlockedReason(role)} label={t('roles.delete')}>
      {(close) => <DeleteDialog role={role} onClose={close} />}
    </DialogButton>
  );
}
