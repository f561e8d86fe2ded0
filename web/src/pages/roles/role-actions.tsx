import type { RoleDetail } from 'bff/contract';
import type { ComponentType } from 'react';
import { lazy, Suspense, useState } from 'react';
import { useI18n } from '../../i18n/i18n.ts';
import type { PermissionCode } from '../../providers/access/permissions.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { PermissionButton } from '../../ui/form/permission-button.tsx';

const RoleDrawer = lazy(() => import('./form/role-drawer.tsx'));
const CloneDialog = lazy(() => import('./clone-dialog.tsx'));
const DeleteDialog = lazy(() => import('./delete-dialog.tsx'));

type DialogProps = { role: RoleDetail; open: boolean; onClose: () => void };

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

/** Opens the form; disabled with the reason where it would be rejected. */
export function EditRole({ role }: { role: RoleDetail }) {
  const { t } = useI18n();
  const { show, dialog } = useDialog(RoleDrawer, role);
  return (
    <>
      <PermissionButton type="primary" permission="roles:update" blocked={useBlockedReason(role)} onClick={show}>
        {t('roles.edit')}
      </PermissionButton>
      {dialog}
    </>
  );
}

/** Creates a role with the same permissions; also the way to adapt a system role. */
export function CloneRole({ role }: { role: RoleDetail }) {
  const { t } = useI18n();
  const { show, dialog } = useDialog(CloneDialog, role);
  const exceeds = useMissingPermission(role);
  const blocked = role.isOwner ? t('roles.clone_owner') : exceeds;
  return (
    <>
      <PermissionButton permission="roles:create" blocked={blocked} onClick={show}>
        {t('roles.clone')}
      </PermissionButton>
      {dialog}
    </>
  );
}

/** Deletes a role and reassigns its holders. */
export function DeleteRole({ role }: { role: RoleDetail }) {
  const { t } = useI18n();
  const { show, dialog } = useDialog(DeleteDialog, role);
  return (
    <>
      <PermissionButton permission="roles:delete" danger blocked={useBlockedReason(role)} onClick={show}>
        {t('roles.delete')}
      </PermissionButton>
      {dialog}
    </>
  );
}

/** Opens a dialog that is loaded on first use. */
function useDialog(Dialog: ComponentType<DialogProps>, role: RoleDetail) {
  const [open, setOpen] = useState<boolean>();
  return {
    show: () => setOpen(true),
    dialog:
      open === undefined ? null : (
        <Suspense fallback={null}>
          <Dialog role={role} open={open} onClose={() => setOpen(false)} />
        </Suspense>
      ),
  };
}
