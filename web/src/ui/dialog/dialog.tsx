import { Modal, type ModalProps } from 'antd';
import { useRef } from 'react';
import { useDialogFocus } from './use-dialog-focus.ts';

/** antd's dialog, open while it is mounted: the focus goes to its first field, and afterwards to where it was before. */
export function Dialog({ children, ...props }: Omit<ModalProps, 'open'>) {
  const content = useRef<HTMLDivElement>(null);
  useDialogFocus(content);
  return (
    <Modal open footer={null} {...props}>
      <div ref={content}>
        <div>{children}</div>
      </div>
    </Modal>
  );
}
