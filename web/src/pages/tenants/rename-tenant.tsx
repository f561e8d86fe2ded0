import { Modal } from 'antd';
import type { Tenant } from 'bff/contract';
import { useState } from 'react';
import type { ApiError } from '../../core/api.ts';
import { useI18n } from '../../i18n/i18n.ts';
import { useChange } from '../../providers/data/use-change.ts';
import { usePermission } from '../../providers/tenant/tenant-scope.tsx';
import { PermissionButton } from '../../ui/form/permission-button.tsx';
import { StaleSave } from '../../ui/form/stale-save.tsx';
import type { TenantNames } from './tenant-form.tsx';
import { TenantForm } from './tenant-form.tsx';

export function RenameTenant({ tenant }: { tenant: Tenant }) {
  const { t } = useI18n();
  const [open, setOpen] = useState(false);
  return (
    <>
      <PermissionButton permission="tenant:update" onClick={() => setOpen(true)}>
        {t('tenants.rename')}
      </PermissionButton>
      <Modal
        open={open}
        title={t('tenants.rename_title', { name: tenant.name })}
        footer={null}
        width={480}
        maskClosable={false}
        onCancel={() => setOpen(false)}
        destroyOnHidden
      >
        <RenameForm tenant={tenant} onClose={() => setOpen(false)} />
      </Modal>
    </>
  );
}

const namesOf = ({ name, slug }: TenantNames): TenantNames => ({ name, slug });

/** Returns only what differs from `other`: unchanged fields are neither shown nor sent. */
const differing = (names: TenantNames, other: TenantNames): Partial<TenantNames> =>
  Object.fromEntries(Object.entries(names).filter(([field, value]) => value !== other[field as keyof TenantNames]));

function RenameForm({ tenant, onClose }: { tenant: Tenant; onClose: () => void }) {
  const { t } = useI18n();
  const { send, busy } = useChange();
  const withSlug = usePermission('tenants:update').can;
  const [base, setBase] = useState(tenant);
  const [rejected, setRejected] = useState<TenantNames>();

  async function save(names: TenantNames, onFieldError: (error: ApiError) => boolean) {
    await send<Tenant>({
      method: 'patch',
      path: `tenants/${tenant.id}`,
      version: base.version,
      body: differing(names, namesOf(base)),
      done: t('tenants.saved', { name: names.name }),
      onDone: onClose,
      onError: (error) => {
        if (error.code !== 'stale_version' || !error.problem.current) return onFieldError(error);
        const current = error.problem.current as Tenant;
        setRejected({ ...namesOf(current), ...differing(names, namesOf(base)) });
        setBase(current);
        return true;
      },
    });
  }

  return (
    <>
      {rejected ? (
        <StaleSave stored={differing(namesOf(base), rejected)} yours={differing(rejected, namesOf(base))} />
      ) : null}
      <TenantForm
        key={base.version}
        typed={rejected}
        stored={namesOf(base)}
        withSlug={withSlug}
        busy={busy}
        action={t(rejected ? 'form.save_your_version' : 'tenants.save')}
        onSave={save}
        onClose={onClose}
      />
    </>
  );
}
