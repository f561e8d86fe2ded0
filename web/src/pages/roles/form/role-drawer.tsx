import { Drawer } from 'antd';
import type { RoleDetail } from 'bff/contract';
import { useRef, useState } from 'react';
import { useI18n } from '../../../i18n/i18n.ts';
import { useTenantScope } from '../../../providers/tenant/tenant-scope.tsx';
import { ConfirmDialog } from '../../../ui/feedback/confirm-dialog.tsx';
import { RoleForm } from './role-form.tsx';

type Props = { role?: RoleDetail; onClose: () => void };

/** Creates or edits a role; confirms before discarding changes. */
export default function RoleDrawer({ role, onClose }: Props) {
  const { t } = useI18n();
  const scope = useTenantScope();
  const dirty = useRef(false);
  const [asking, setAsking] = useState(false);
  const leave = () => (dirty.current ? setAsking(true) : onClose());
  const tenant = scope.kind === 'platform' ? t('shell.platform') : scope.name;
  return (
    <Drawer
      open
      title={role ? t('roles.edit_title', { name: role.name }) : t('roles.create_in', { tenant })}
      width={760}
      onClose={leave}
      destroyOnHidden
      rootClassName="role-drawer"
    >
      <RoleForm {...(role ? { role } : {})} dirty={dirty} onLeave={leave} onSaved={onClose} />
      <ConfirmDialog
        open={asking}
        title={t('form.discard_title')}
        action={t('form.discard')}
        cancel={t('form.keep_editing')}
        danger
        onConfirm={async () => {
          dirty.current = false;
          onClose();
        }}
        onClose={() => setAsking(false)}
      >
        {null}
      </ConfirmDialog>
    </Drawer>
  );
}
