import { Modal } from 'antd';
import type { Tenant } from 'bff/contract';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { useI18n } from '../../i18n/i18n.ts';
import { useChange } from '../../providers/data/use-change.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { PermissionButton } from '../../ui/form/permission-button.tsx';
import { TenantForm } from './tenant-form.tsx';

export function CreateTenantButton() {
  const { t } = useI18n();
  const [open, setOpen] = useState(false);
  return (
    <>
      <PermissionButton type="primary" permission="tenants:create" onClick={() => setOpen(true)}>
        {t('tenants.create')}
      </PermissionButton>
      <Modal
        open={open}
        title={t('tenants.create_title')}
        footer={null}
        width={480}
        maskClosable={false}
        onCancel={() => setOpen(false)}
        destroyOnHidden
      >
        <CreateForm onClose={() => setOpen(false)} />
      </Modal>
    </>
  );
}

function CreateForm({ onClose }: { onClose: () => void }) {
  const { t } = useI18n();
  const scope = useTenantScope();
  const navigate = useNavigate();
  const { send, busy } = useChange();
  return (
    <>
      <p className="dialog-text tenant-form-about">{t('tenants.create_text')}</p>
      <TenantForm
        busy={busy}
        action={t('tenants.create')}
        onClose={onClose}
        onSave={(body, onError) =>
          send<Tenant>({
            method: 'post',
            path: 'tenants',
            body,
            done: t('tenants.created_done', { name: body.name }),
            onError,
            onDone: (made) => {
              onClose();
              navigate(scope.to(`tenants/${made.id}`));
            },
          })
        }
      />
    </>
  );
}
