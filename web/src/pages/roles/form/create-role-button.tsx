import { lazy, Suspense, useState } from 'react';
import { useI18n } from '../../../i18n/i18n.ts';
import { PermissionButton } from '../../../ui/form/permission-button.tsx';

const RoleDrawer = lazy(() => import('./role-drawer.tsx'));

/** Opens the form for a new role, which is loaded on first use. */
export function CreateRoleButton() {
  const { t } = useI18n();
  const [open, setOpen] = useState<boolean>();
  return (
    <>
      <PermissionButton type="primary" permission="roles:create" onClick={() => setOpen(true)}>
        {t('roles.create')}
      </PermissionButton>
      {open === undefined ? null : (
        <Suspense fallback={null}>
          <RoleDrawer open={open} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
