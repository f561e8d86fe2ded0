import type { SyncRun } from 'bff/contract';
import { useState } from 'react';
import { useI18n } from '../../../i18n/i18n.ts';
import { useChange } from '../../../providers/data/use-change.ts';
import { ConfirmDialog } from '../../../ui/feedback/confirm-dialog.tsx';
import { PermissionButton } from '../../../ui/form/permission-button.tsx';
import { useLastRun } from '../use-sync.ts';

export function CancelRun({ run }: { run: SyncRun }) {
  const { t } = useI18n();
  const { send } = useChange();
  const [open, setOpen] = useState(false);
  const cancel = () => send({ method: 'post', path: `sync-runs/${run.id}/cancel`, done: t('sync.run_cancelled') });
  return (
    <>
      <PermissionButton size="small" permission="sync:run" onClick={() => setOpen(true)}>
        {t('sync.run_cancel')}
      </PermissionButton>
      <ConfirmDialog
        open={open}
        title={t('sync.run_cancel_title')}
        action={t('sync.run_cancel_action')}
        danger
        onConfirm={cancel}
        onClose={() => setOpen(false)}
      >
        <p>{t('sync.run_cancel_text')}</p>
      </ConfirmDialog>
    </>
  );
}

/** Only the latest run can be resumed: the state of an older one is stale. */
export function ResumeRun({ run }: { run: SyncRun }) {
  const { t } = useI18n();
  const { send, busy } = useChange();
  const last = useLastRun().run;
  const resume = () => send({ method: 'post', path: `sync-runs/${run.id}/resume`, done: t('sync.run_resumed') });
  return (
    <PermissionButton
      permission="sync:run"
      type="primary"
      loading={busy}
      blocked={last && last.id !== run.id ? t('sync.run_not_latest') : undefined}
      onClick={resume}
    >
      {t('sync.run_resume')}
    </PermissionButton>
  );
}
