import { Form, Input } from 'antd';
import { type RoleDetail, truncate, withoutIsolates } from 'bff/contract';
import { useNavigate } from 'react-router';
import { t } from '../../i18n/i18n.ts';
import { roleName } from '../../i18n/role-name.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { ActionDialog } from '../../ui/dialog/action-dialog.tsx';
import { useRecordForm } from '../../ui/form/use-record-form.ts';

type Props = { role: RoleDetail; onClose: () => void };

/** Creates a role with the permissions of another. */
export default function CloneDialog({ role, onClose }: Props) {
  const scope = useTenantScope();
  const navigate = useNavigate();
  const form = useRecordForm<RoleDetail, { name: string }>({
    resource: `${scope.resource('roles')}/${role.id}/clone`,
    initialValues: { name: truncate(withoutIsolates(t('roles.clone_name', { name: roleName(role) })), 80) },
    body: ({ name }) => ({ name: name.trim() }),
    done: ({ name }) => t('roles.created', { name }),
    onDone: ({ id }) => {
      onClose();
      navigate(scope.to(`roles/${id}`));
    },
    onError: ({ code }, { setFields }) => {
      if (code !== 'role_key_taken') return false;
      setFields([{ name: 'name', errors: [t('roles.name_taken_clone')] }]);
      return true;
    },
  });
  return (
    <ActionDialog
      title={t('roles.clone_title', { name: roleName(role) })}
      action={t('roles.clone')}
      form={form}
      onClose={onClose}
    >
      <p className="muted">{t('roles.clone_text', { name: roleName(role) })}</p>
      <Form.Item
        name="name"
        label={t('roles.name')}
        rules={[{ required: true, whitespace: true, message: t('roles.name_missing') }]}
      >
        <Input maxLength={80} autoComplete="off" onFocus={(event) => event.target.select()} />
      </Form.Item>
    </ActionDialog>
  );
}
