import { Modal } from 'antd';
import type { ApiKeyCreated } from 'bff/contract';
import { useState } from 'react';
import { useI18n } from '../../i18n/i18n.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { PermissionButton } from '../../ui/form/permission-button.tsx';
import { KeyForm } from './key-form.tsx';
import { NewKey } from './new-key.tsx';

/** Two steps: name and expiry; then the key, which is shown only once. */
export function CreateKeyButton() {
  const { t } = useI18n();
  const scope = useTenantScope();
  const [open, setOpen] = useState(false);
  const [created, setCreated] = useState<ApiKeyCreated>();
  const close = () => setOpen(false);
  const title =
    scope.kind === 'platform'
      ? t('api_keys.create_title_platform')
      : t('api_keys.create_title', { tenant: scope.name });
  return (
    <>
      <PermissionButton type="primary" permission="api-keys:create" onClick={() => setOpen(true)}>
        {t('api_keys.create')}
      </PermissionButton>
      <Modal
        open={open}
        title={created ? t('api_keys.created_done', { name: created.name }) : title}
        footer={null}
        width={created ? 600 : 480}
        // A stray click beside the dialog, or Escape, would lose the new key.
        maskClosable={false}
        keyboard={!created}
        onCancel={close}
        afterClose={() => setCreated(undefined)}
        destroyOnHidden
      >
        {created ? <NewKey created={created} onClose={close} /> : <KeyForm onCreated={setCreated} onClose={close} />}
      </Modal>
    </>
  );
}
