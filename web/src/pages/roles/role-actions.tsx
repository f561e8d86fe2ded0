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

/** A permission the role gives and its editor lacks: the server refuses to touch what gives more than one holds. */
function useExceeds({ permissions }: RoleDetail): string | undefined {
  const { t } = useI18n();
  const scope = useTenantScope();
  const missing = permissions.find(({ code }) => !scope.can(code as PermissionCode));
  return missing ? t('roles.exceeds_own', { permission: missing.code }) : undefined;
}

/** Why a role cannot be changed, if so. */
export function useBlocked(role: RoleDetail): string | undefined {
  const { t } = useI18n();
  const exceeds = useExceeds(role);
  return role.isSystem ? t('roles.is_system') : exceeds;
}

/** Opens the form; greyed where it would be refused, with the reason. */
export function EditRole({ role }: { role: RoleDetail }) {
  const { t } = useI18n();
  const { show, dialog } = useDialog(RoleDrawer, role);
  return (
    <>
      <PermissionButton type="primary" permission="roles:update" blocked={useBlocked(role)} onClick={show}>
        {t('roles.edit')}
      </PermissionButton>
      {dialog}
    </>
  );
}

/** A new role that gives the same; also the way to change what comes with Rolecall. */
export function CloneRole({ role }: { role: RoleDetail }) {
  const { t } = useI18n();
  const { show, dialog } = useDialog(CloneDialog, role);
  const exceeds = useExceeds(role);
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

/** Deletes a role; who holds it gets another one in its place. */
export function DeleteRole({ role }: { role: RoleDetail }) {
  const { t } = useI18n();
  const { show, dialog } = useDialog(DeleteDialog, role);
  return (
    <>
      <PermissionButton permission="roles:delete" danger blocked={useBlocked(role)} onClick={show}>
        {t('roles.delete')}
      </PermissionButton>
      {dialog}
    </>
  );
}

/** A dialog that arrives only when it is first asked for. */
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
