import { Flex, Form, Input } from 'antd';
import { type Create, PERMISSION_CODE, type Permission } from 'bff/contract';
import { useNavigate } from 'react-router';
import { t } from '../../i18n/i18n.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { PermissionTag } from '../../ui/chips/permission-tag.tsx';
import { ActionDialog } from '../../ui/dialog/action-dialog.tsx';
import { useRecordForm } from '../../ui/form/use-record-form.ts';
import { DescriptionField } from './edit-description.tsx';

type Values = { resource: string; action: string; description: string };

/** A permission of the host app: resource, action and description. */
export default function AddPermission({ onClose }: { onClose: () => void }) {
  const scope = useTenantScope();
  const navigate = useNavigate();
  const dialog = useRecordForm<Permission, Values>({
    resource: 'permissions',
    initialValues: {},
    body: ({ resource, action, description }): Create<'permissions'> => ({
      code: `${resource}:${action}`,
      description,
    }),
    fieldOf: { permission_exists: 'action' },
    done: ({ code }) => t('permissions.added', { code }),
    onDone: ({ code }) => {
      onClose();
      navigate(scope.to(`permissions/${encodeURIComponent(code)}`));
    },
  });
  const [resource, action] = [Form.useWatch('resource', dialog.form), Form.useWatch('action', dialog.form)];
  // The other part of the code is valid.
  const isPart = { resource: (part: string) => PERMISSION_CODE.test(`${part}:a`), action: isAction };
  const part = (name: keyof typeof isPart, maxLength: number) => (
    <Form.Item
      name={name}
      label={t(`permissions.${name}`)}
      extra={t(`permissions.${name}_hint`)}
      normalize={(typed: string) => typed.trim().toLowerCase()}
      rules={[
        {
          validator: async (_, typed = '') => {
            if (!isPart[name](typed)) throw new Error(t('permissions.part_invalid'));
          },
        },
      ]}
      style={{ flex: '1 1 200px' }}
    >
      <Input className="mono" autoComplete="off" spellCheck={false} maxLength={maxLength} />
    </Form.Item>
  );
  return (
    <ActionDialog
      title={t('permissions.add_title')}
      action={t('permissions.add')}
      form={dialog}
      width={520}
      onClose={onClose}
    >
      <p className="muted">{t('permissions.add_text')}</p>
      <Flex wrap gap="0 16px">
        {part('resource', 127)}
        {part('action', 63)}
      </Flex>
      <p className="muted" aria-live="polite">
        {resource && action ? <PermissionTag code={`${resource}:${action}`} /> : null} {t('permissions.code_fixed')}
      </p>
      <DescriptionField />
    </ActionDialog>
  );
}

const isAction = (part: string) => !part.includes(':') && PERMISSION_CODE.test(`a:${part}`);
