import { Form, Input } from 'antd';
import type { Permission } from 'bff/contract';
import { t } from '../../i18n/i18n.ts';
import { ActionDialog } from '../../ui/dialog/action-dialog.tsx';
import { StaleSave } from '../../ui/form/stale-save.tsx';
import { useRecordForm } from '../../ui/form/use-record-form.ts';

export default function EditDescription({ permission, onClose }: { permission: Permission; onClose: () => void }) {
  const { code, description, version } = permission;
  const dialog = useRecordForm<Permission, Pick<Permission, 'description'>>({
    ...{ resource: 'permissions', id: code, version },
    initialValues: { description },
    done: () => t('permissions.saved', { code }),
    onDone: onClose,
  });
  return (
    <ActionDialog
      title={t('permissions.edit_title', { code })}
      action={t(dialog.stale ? 'form.save_your_version' : 'permissions.save')}
      form={dialog}
      width={520}
      onClose={onClose}
    >
      {dialog.stale ? <StaleSave {...dialog.stale} /> : null}
      <DescriptionField />
    </ActionDialog>
  );
}

export function DescriptionField() {
  return (
    <Form.Item
      name="description"
      label={t('permissions.description')}
      extra={t('permissions.description_hint')}
      rules={[{ required: true, whitespace: true, message: t('permissions.description_missing') }]}
    >
      <Input.TextArea maxLength={300} autoSize={{ minRows: 2, maxRows: 5 }} />
    </Form.Item>
  );
}
