import { Button, Flex, Input, Space } from 'antd';
import type { ReactNode } from 'react';
import { t } from '../../i18n/i18n.ts';
import { Dialog } from '../dialog/dialog.tsx';
import { CopyButton } from '../feedback/copy-button.tsx';

type Props = {
  title: string;
  /** What it is for, and that it cannot be shown again. */
  text: string;
  /** A link or a key; empty once it has been shown. */
  value: string | null;
  label: string;
  copy: string;
  onClose: () => void;
  /** A button beside "Done". */
  other?: ReactNode;
  children?: ReactNode;
};

/** A secret to copy, which is not stored: a stray click beside the dialog, or Escape, must not lose it. */
export function ShownOnce({ title, text, value, label, copy, onClose, other, children }: Props) {
  return (
    <Dialog
      className="action-dialog"
      title={title}
      footer={
        <>
          {other}
          <Button onClick={onClose}>{t('action.done')}</Button>
        </>
      }
      width={560}
      maskClosable={false}
      keyboard={false}
      onCancel={onClose}
    >
      <Flex vertical gap={16}>
        <p className="muted">{text}</p>
        {value ? (
          <Space.Compact block>
            <Input
              readOnly
              className="mono"
              aria-label={label}
              value={value}
              onFocus={({ target }) => target.select()}
            />
            <CopyButton type="primary" text={value} label={copy} />
          </Space.Compact>
        ) : null}
        {children}
      </Flex>
    </Dialog>
  );
}
