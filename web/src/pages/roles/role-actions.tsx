import type { RoleDetail } from 'bff/contract';
import { lazy, Suspense, useState } from 'react';
import { useNavigate } from 'react-router';
import { inWords, wholeNumber } from '../../i18n/format.ts';
import { useI18n } from '../../i18n/i18n.ts';
import type { PermissionCode } from '../../providers/permissions.ts';
import { usePlace } from '../../providers/place.tsx';
import { useChange } from '../../providers/use-change.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { PermissionButton } from '../../ui/permission-button.tsx';

const RoleDrawer = lazy(() => import('./role-drawer.tsx'));

/** Why a role cannot be touched, if so: the server refuses to change what gives more than its editor holds. */
function useBlocked({ isSystem, permissions }: RoleDetail): string | undefined {
  const { t } = useI18n();
  const place = usePlace();
  if (isSystem) return t('roles.is_system');
  const missing = permissions.find(({ code }) => !place.may(code as PermissionCode).can);
  return missing ? t('roles.exceeds_you', { permission: missing.code }) : undefined;
}

/** Opens the form; greyed where it would be refused, with the reason. */
export function EditRole({ role }: { role: RoleDetail }) {
  const { t } = useI18n();
  const [open, setOpen] = useState<boolean>();
  return (
    <>
      <PermissionButton
        type="primary"
        permission="roles:update"
        blocked={useBlocked(role)}
        onClick={() => setOpen(true)}
      >
        {t('roles.edit')}
      </PermissionButton>
      {open === undefined ? null : (
        <Suspense fallback={null}>
          <RoleDrawer role={role} open={open} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}

/** Deletes a role that nobody needs; says what still needs it otherwise. */
export function DeleteRole({ role }: { role: RoleDetail }) {
  const { t } = useI18n();
  const place = usePlace();
  const navigate = useNavigate();
  const { send } = useChange();
  const [open, setOpen] = useState(false);
  const { id, name, version, memberCount, children } = role;
  const isFree = memberCount === 0 && children.length === 0;
  const remove = () =>
    send({
      method: 'delete',
      path: `${place.resource('roles')}/${id}`,
      version,
      done: t('roles.deleted', { name }),
      onDone: () => navigate(place.to('roles')),
    });
  return (
    <>
      <PermissionButton permission="roles:delete" danger blocked={useBlocked(role)} onClick={() => setOpen(true)}>
        {t('roles.delete')}
      </PermissionButton>
      <ConfirmDialog
        open={open}
        title={t('roles.delete_title', { name })}
        action={t('roles.delete_action', { name })}
        danger
        ready={isFree}
        onConfirm={remove}
        onClose={() => setOpen(false)}
      >
        {isFree ? (
          t('roles.delete_text', { name })
        ) : (
          <>
            {t('roles.delete_blocked')}
            <ul className="dialog-list">
              {memberCount > 0 ? (
                <li>{t('roles.used_by_members', { count: memberCount, n: wholeNumber(memberCount) })}</li>
              ) : null}
              {children.length > 0 ? (
                <li>
                  {t('roles.used_by_children', {
                    count: children.length,
                    n: wholeNumber(children.length),
                    roles: inWords(children.map((child) => child.name)),
                  })}
                </li>
              ) : null}
            </ul>
          </>
        )}
      </ConfirmDialog>
    </>
  );
}
