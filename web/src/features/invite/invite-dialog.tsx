import { Modal } from 'antd';
import type { InvitationCreated } from 'bff/contract';
import { useState } from 'react';
import { useI18n } from '../../i18n/i18n.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import type { InvitePreset } from './invite-form.tsx';
import { InviteForm } from './invite-form.tsx';
import { InviteLink } from './invite-link.tsx';

type Props = { open: boolean; onClose: () => void; preset?: InvitePreset };

/** Two steps: the form; then the link, which is shown only once. */
export default function InviteDialog({ open, onClose, preset }: Props) {
  const { t } = useI18n();
  const scope = useTenantScope();
  const [created, setCreated] = useState<InvitationCreated>();
  return (
    <Modal
      open={open}
      title={created ? t('invite.created', { email: created.email }) : t('invite.dialog_title', { tenant: scope.name })}
      footer={null}
      width={520}
      // A stray click beside the dialog would lose the created link.
      maskClosable={!created}
      onCancel={onClose}
      afterClose={() => setCreated(undefined)}
      destroyOnHidden
    >
      {created ? (
        <InviteLink invitation={created} onAnother={() => setCreated(undefined)} onClose={onClose} />
      ) : (
        <InviteForm onCreated={setCreated} onClose={onClose} {...(preset ? { preset } : {})} />
      )}
    </Modal>
  );
}
