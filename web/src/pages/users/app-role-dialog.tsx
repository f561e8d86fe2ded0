import { Form, Select } from 'antd';
import type { UserDetail } from 'bff/contract';
import { useId, useState } from 'react';
import { useI18n } from '../../i18n/i18n.ts';
import { roleName } from '../../i18n/role-name.ts';
import { type Change, useChange } from '../../providers/data/use-change.ts';
import { ActionDialog } from '../../ui/dialog/action-dialog.tsx';

type Props = { user: UserDetail; name: string; roles: { key: string; name: string }[]; onClose: () => void };

/** Changes the app role of a user, with a preview. */
export default function AppRoleDialog({ user, name, roles, onClose }: Props) {
  const { t } = useI18n();
  const { send } = useChange();
  const id = useId();
  const now = user.appRole?.key;
  const [role, setRole] = useState(now);
  const path = `users/${encodeURIComponent(user.id)}`;
  const isOther = role !== undefined && role !== now;
  const change = (to: string | undefined, reason?: string): Change<UserDetail> => ({
    method: 'patch',
    path,
    body: { role: to, ...(reason ? { reason } : {}) },
    done: t('users.app_role_changed', {
      name,
      role: roles.filter(({ key }) => key === to).map(roleName)[0] ?? to ?? '',
    }),
  });
  return (
    <ActionDialog
      title={t('users.change_app_role_of', { name })}
      action={t('users.change_app_role')}
      reason
      ready={isOther}
      dirty={isOther}
      changes={isOther ? [{ method: 'PATCH', path, body: { role } }] : []}
      confirmName={name}
      // The only affected user is the one on this page, so names are not links.
      linkTo={() => undefined}
      onConfirm={(reason) => send({ ...change(role, reason), ...(now ? { undo: () => change(now) } : {}) })}
      onClose={onClose}
    >
      <Form.Item label={t('users.app_role')} htmlFor={id}>
        <Select
          id={id}
          value={role}
          placeholder={t('role.none')}
          options={roles.map((each) => ({ value: each.key, label: roleName(each) }))}
          onChange={setRole}
        />
      </Form.Item>
    </ActionDialog>
  );
}
