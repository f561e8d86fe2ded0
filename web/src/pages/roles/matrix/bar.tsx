import { Button, Input } from 'antd';
import { useState } from 'react';
import { useI18n } from '../../../i18n/i18n.ts';
import { ConfirmDialog } from '../../../ui/feedback/confirm-dialog.tsx';

type Props = {
  /** Whether there are changes. The bar is always mounted, so that the first edit is as fast as the others. */
  open: boolean;
  /** "Save 7 changes in 2 roles" */
  action: string;
  busy: boolean;
  onSave: (reason: string) => Promise<boolean>;
  onDiscard: () => void;
};

/** Unsaved changes: reason, discard, save. */
export function MatrixBar({ open, action, busy, onSave, onDiscard }: Props) {
  const { t } = useI18n();
  const [reason, setReason] = useState('');
  const [asking, setAsking] = useState(false);
  async function save() {
    if (await onSave(reason.trim())) setReason('');
  }
  return (
    <section className="matrix-bar" hidden={!open} aria-label={t('roles.matrix_unsaved')}>
      <Input
        value={reason}
        maxLength={500}
        placeholder={t('roles.matrix_reason')}
        aria-label={t('roles.matrix_reason')}
        onChange={(event) => setReason(event.target.value)}
        onPressEnter={save}
      />
      <Button disabled={busy} onClick={() => setAsking(true)}>
        {t('roles.matrix_discard')}
      </Button>
      <Button type="primary" loading={busy} onClick={save}>
        {action}
      </Button>
      <ConfirmDialog
        open={asking}
        title={t('form.discard_title')}
        action={t('form.discard')}
        cancel={t('form.keep_editing')}
        danger
        onConfirm={async () => onDiscard()}
        onClose={() => setAsking(false)}
      >
        {null}
      </ConfirmDialog>
    </section>
  );
}
