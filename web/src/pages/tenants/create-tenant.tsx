import { Form, Input } from 'antd';
import { type Create, slugOfFolded, type TenantCreated } from 'bff/contract';
import { useEffect, useState } from 'react';
import { useNavigate } from 'react-router';
import { useFold } from '../../core/fold.ts';
import { shortTime } from '../../i18n/format.ts';
import { t } from '../../i18n/i18n.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { ActionDialog } from '../../ui/dialog/action-dialog.tsx';
import { ShownOnce } from '../../ui/form/shown-once.tsx';
import { useRecordForm } from '../../ui/form/use-record-form.ts';
import { NameField, SlugField } from './rename-tenant.tsx';

/** A tenant and the invitation of its first owner, in one request; then the link, where no mail server sends it. */
export default function CreateTenant({ onClose }: { onClose: () => void }) {
  const scope = useTenantScope();
  const navigate = useNavigate();
  const fold = useFold();
  const [created, setCreated] = useState<TenantCreated>();
  const open = ({ id }: TenantCreated) => {
    onClose();
    navigate(scope.to(`tenants/${id}`));
  };
  const dialog = useRecordForm<TenantCreated, Create<'tenants'>>({
    resource: 'tenants',
    initialValues: {},
    body: ({ ownerEmail, ...names }) => (ownerEmail?.trim() ? { ...names, ownerEmail } : names),
    fieldOf: { slug_taken: 'slug' },
    done: ({ name, ownerInvitation: invited }) =>
      invited ? t('tenants.created_invited', { name, email: invited.email }) : t('tenants.created_done', { name }),
    onDone: (tenant) => (tenant.ownerInvitation?.isSent === false ? setCreated(tenant) : open(tenant)),
  });
  const { form } = dialog;
  const name = Form.useWatch('name', form) ?? '';
  // The slug follows the name until it is edited.
  useEffect(() => {
    if (!form.isFieldTouched('slug')) form.setFieldValue('slug', slugOfFolded(fold(name)));
  }, [form, fold, name]);

  if (created?.ownerInvitation) {
    const { email, expiresAt, acceptUrl } = created.ownerInvitation;
    return (
      <ShownOnce
        title={t('tenants.created_done', { name: created.name })}
        text={t('tenants.owner_link', { email, date: shortTime(expiresAt) })}
        value={acceptUrl}
        label={t('invite.link')}
        copy={t('invite.copy_link')}
        onClose={() => open(created)}
      />
    );
  }
  return (
    <ActionDialog title={t('tenants.create_title')} action={t('tenants.create')} form={dialog} onClose={onClose}>
      <NameField />
      <SlugField />
      <Form.Item name="ownerEmail" label={t('tenants.owner_email')} extra={t('tenants.owner_email_hint')}>
        <Input type="email" autoComplete="off" spellCheck={false} maxLength={320} />
      </Form.Item>
    </ActionDialog>
  );
}
