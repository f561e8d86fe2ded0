import type { Member } from 'bff/contract';
import { useState } from 'react';
import { usePlannedEffect } from '../../features/preview/planned-effect.tsx';
import { useI18n } from '../../i18n/i18n.ts';
import { useMe } from '../../providers/auth/session.ts';
import { useChange } from '../../providers/data/use-change.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { ConfirmDialog } from '../../ui/feedback/confirm-dialog.tsx';
import { PermissionButton } from '../../ui/form/permission-button.tsx';

/** Suspend or reactivate, and remove; each confirms first. */
export function MemberActions({ member, name }: { member: Member; name: string }) {
  const { t } = useI18n();
  const me = useMe();
  const scope = useTenantScope();
  const { send } = useChange();
  const [open, setOpen] = useState<'status' | 'remove'>();
  const path = `${scope.resource('members')}/${member.id}`;
  const blocked = member.user.id === me.user.id ? t('members.yourself') : undefined;
  const suspended = member.status === 'suspended';
  const step = suspended ? 'reactivate' : 'suspend';
  const params = { name, tenant: scope.name };

  const version = member.version;
  const status = suspended ? 'active' : 'suspended';
  const effect = usePlannedEffect(
    open === 'status'
      ? { method: 'PATCH', path, version, body: { status } }
      : open === 'remove'
        ? { method: 'DELETE', path, version }
        : undefined,
    name,
  );

  if (member.status === 'left') return null;
  const changeStatus = (reason: string | undefined) =>
    send({
      method: 'patch',
      path,
      version,
      body: { status, ...(reason ? { reason } : {}) },
      done: t(suspended ? 'members.reactivated' : 'members.suspended', { name }),
    });
  const remove = () => send({ method: 'delete', path, version, done: t('members.removed', { name }) });

  return (
    <>
      <PermissionButton permission="members:update" blocked={blocked} onClick={() => setOpen('status')}>
        {t(`members.${step}_short`)}
      </PermissionButton>
      <PermissionButton permission="members:remove" blocked={blocked} danger onClick={() => setOpen('remove')}>
        {t('members.remove_short')}
      </PermissionButton>
      <ConfirmDialog
        open={open === 'status'}
        title={t(`members.${step}_title`, { name })}
        action={t(`members.${step}_title`, { name })}
        danger={!suspended}
        withReason
        ready={effect.ready}
        onConfirm={changeStatus}
        onClose={() => setOpen(undefined)}
      >
        {t(`members.${step}_text`, params)}
        {effect.view}
      </ConfirmDialog>
      <ConfirmDialog
        open={open === 'remove'}
        title={t('members.remove_title', { name })}
        action={t('members.remove_title', { name })}
        danger
        ready={effect.ready}
        onConfirm={remove}
        onClose={() => setOpen(undefined)}
      >
        {t('members.remove_text', params)}
        {effect.view}
      </ConfirmDialog>
    </>
  );
}
