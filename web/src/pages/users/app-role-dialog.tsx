import { Form, Select } from 'antd';
import type { UserDetail } from 'bff/contract';
import { t } from '../../i18n/i18n.ts';
import { roleName } from '../../i18n/role-name.ts';
import { ActionDialog } from '../../ui/dialog/action-dialog.tsx';
import { useRecordForm } from '../../ui/form/use-record-form.ts';

type Props = { user: UserDetail; name: string; roles: { key: string; name: string }[]; onClose: () => void };

/** Changes the app role of a user, with a preview. */
export default function AppRoleDialog({ user, name, roles, onClose }: Props) {
  const now = user.appRole?.key;
  const path = `users/${encodeURIComponent(user.id)}`;
  const done = (key: string | undefined) =>
    t('users.app_role_changed', { name, role: roles.filter((role) => role.key === key).map(roleName)[0] ?? '' });
  const dialog = useRecordForm<UserDetail, { role?: string }>({
    ...{ resource: 'users', id: user.id },
    initialValues: now ? { role: now } : {},
    fieldOf: { grant_exceeds_own: 'role', last_owner: 'role', not_a_member: 'role' },
    done: ({ appRole }) => done(appRole?.key),
    ...(now ? { undo: () => ({ method: 'patch', path, body: { role: now }, done: done(now) }) } : {}),
    onDone: onClose,
  });
  const role = Form.useWatch('role', dialog.form) ?? now;
  const isOther = role !== now;
  return (
    <ActionDialog
      title={t('users.change_app_role_of', { name })}
      action={t('users.change_app_role')}
      form={dialog}
      reason
      ready={isOther}
      changes={isOther ? [{ method: 'patch', path, body: { role } }] : []}
      confirmName={name}
      // The only affected user is the one on this page, so names are not links.
      linkTo={() => undefined}
      onClose={onClose}
    >
      <Form.Item name="role" label={t('users.app_role')}>
        <Select
          placeholder={t('role.none')}
          options={roles.map((each) => ({ value: each.key, label: roleName(each) }))}
        />
      </Form.Item>
    </ActionDialog>
  );
}
