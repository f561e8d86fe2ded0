import type { WebhookEventDetail } from 'bff/contract';
import { useState } from 'react';
import { useI18n } from '../../../i18n/i18n.ts';
import { useChange } from '../../../providers/data/use-change.ts';
import { ConfirmDialog } from '../../../ui/feedback/confirm-dialog.tsx';
import { PermissionButton } from '../../../ui/form/permission-button.tsx';

export function ReplayOne({ event }: { event: WebhookEventDetail }) {
  const { t } = useI18n();
  const { send } = useChange();
  const [open, setOpen] = useState(false);
  const replay = () =>
    send({
      method: 'post',
      path: `webhook-events/${encodeURIComponent(event.id)}/replay`,
      done: t('sync.replayed'),
    });
  return (
    <>
      <PermissionButton
        permission="sync:run"
        type={event.status === 'dead' ? 'primary' : 'default'}
        blocked={event.hasContent ? undefined : t('sync.replay_no_payload')}
        onClick={() => setOpen(true)}
      >
        {t('sync.replay')}
      </PermissionButton>
      <ConfirmDialog
        open={open}
        title={t('sync.replay_title')}
        action={t('sync.replay')}
        onConfirm={replay}
        onClose={() => setOpen(false)}
      >
        <p>{t('sync.replay_text')}</p>
      </ConfirmDialog>
    </>
  );
}
