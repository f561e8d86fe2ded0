import { Input, Modal } from 'antd';
import type { ReactNode } from 'react';
import { useId, useState } from 'react';
import { useI18n } from '../../i18n/i18n.ts';

type Props = {
  open: boolean;
  title: string;
  /** What will happen, before it does. */
  children: ReactNode;
  /** The verb with its object: "Remove Marco Lindt". */
  action: string;
  /** The label of the cancel button, if not "Cancel". */
  cancel?: string;
  danger?: boolean;
  /** Asks for a reason for the audit log. */
  withReason?: boolean;
  /** False while input is missing. */
  ready?: boolean;
  onConfirm: (reason: string | undefined) => Promise<unknown>;
  onClose: () => void;
};

/** Confirms an action; closes when it is done. */
export function ConfirmDialog(props: Props) {
  const { open, title, children, action, cancel, danger = false, withReason, ready = true, onConfirm, onClose } = props;
  const { t } = useI18n();
  const reasonId = useId();
  const [busy, setBusy] = useState(false);
  const [reason, setReason] = useState('');
  async function confirm() {
    setBusy(true);
    await onConfirm(reason.trim() || undefined);
    setBusy(false);
    onClose();
  }
  return (
    <Modal
      open={open}
      title={title}
      okText={action}
      cancelText={cancel ?? t('action.cancel')}
      okButtonProps={{ danger, disabled: !ready }}
      confirmLoading={busy}
      onOk={confirm}
      onCancel={onClose}
      afterClose={() => setReason('')}
      destroyOnHidden
      width={460}
    >
      <div className="dialog-text">{children}</div>
      {withReason ? (
        <label className="dialog-field" htmlFor={reasonId}>
          <span>{t('action.reason')}</span>
          <Input.TextArea
            id={reasonId}
            value={reason}
            maxLength={500}
            autoSize={{ minRows: 2, maxRows: 5 }}
            onChange={(event) => setReason(event.target.value)}
          />
        </label>
      ) : null}
    </Modal>
  );
}
