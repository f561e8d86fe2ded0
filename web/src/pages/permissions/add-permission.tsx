import { Modal } from 'antd';
import { useState } from 'react';
import { useI18n } from '../../i18n/i18n.ts';
import { PermissionButton } from '../../ui/form/permission-button.tsx';
import { PermissionForm } from './permission-form.tsx';

export function AddPermissionButton() {
  const { t } = useI18n();
  const [open, setOpen] = useState(false);
  return (
    <>
      <PermissionButton type="primary" permission="permissions:create" onClick={() => setOpen(true)}>
        {t('permissions.add')}
      </PermissionButton>
      <Modal
        open={open}
        title={t('permissions.add_title')}
        footer={null}
        width={520}
        maskClosable={false}
        onCancel={() => setOpen(false)}
        destroyOnHidden
      >
        <PermissionForm onClose={() => setOpen(false)} />
      </Modal>
    </>
  );
}
