import { Form, Input } from 'antd';
import type { Tenant } from 'bff/contract';
import { t } from '../../i18n/i18n.ts';
import { usePermission } from '../../providers/tenant/tenant-scope.tsx';
import { ActionDialog } from '../../ui/dialog/action-dialog.tsx';
import { StaleSave } from '../../ui/form/stale-save.tsx';
import { useRecordForm } from '../../ui/form/use-record-form.ts';

const SLUG = /^(?=.{2,63}$)[a-z0-9]+(-[a-z0-9]+)*$/;

export default function RenameTenant({ tenant, onClose }: { tenant: Tenant; onClose: () => void }) {
  const { id, name, slug, version } = tenant;
  const dialog = useRecordForm<Tenant, Pick<Tenant, 'name' | 'slug'>>({
    ...{ resource: 'tenants', id, version },
    initialValues: { name, slug },
    fieldOf: { slug_taken: 'slug' },
    done: (saved) => t('tenants.saved', { name: saved.name }),
    onDone: onClose,
  });
  return (
    <ActionDialog
      title={t('tenants.rename_title', { name })}
      action={t(dialog.stale ? 'form.save_your_version' : 'tenants.save')}
      form={dialog}
      onClose={onClose}
    >
      {dialog.stale ? <StaleSave {...dialog.stale} /> : null}
      <NameField />
      {usePermission('tenants:update').can ? <SlugField stored={slug} /> : null}
    </ActionDialog>
  );
}

export function NameField() {
  return (
    <Form.Item
      name="name"
      label={t('tenants.name')}
      extra={t('tenants.name_hint')}
      rules={[{ required: true, whitespace: true, message: t('tenants.name_missing') }]}
    >
      <Input maxLength={120} autoComplete="off" />
    </Form.Item>
  );
}

/** The slug; warns when it is not the stored one any more. */
export function SlugField({ stored }: { stored?: string }) {
  const slug: string | undefined = Form.useWatch('slug');
  const address = `${location.origin}/t/${slug || '…'}`;
  return (
    <Form.Item
      name="slug"
      label={t('tenants.slug')}
      extra={stored && slug !== stored ? t('tenants.slug_warning') : t('tenants.slug_hint', { address })}
      rules={[{ required: true, pattern: SLUG, message: t('tenants.slug_invalid') }]}
      normalize={(typed: string) => typed.toLowerCase().replaceAll(/\s+/g, '-')}
    >
      <Input className="mono" maxLength={63} autoComplete="off" spellCheck={false} />
    </Form.Item>
  );
}
