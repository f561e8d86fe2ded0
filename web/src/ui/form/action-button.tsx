import type { ButtonProps } from 'antd';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import type { PermissionCode } from '../../providers/access/permissions.ts';
import { type Change, useChange } from '../../providers/data/use-change.ts';
import { PermissionButton } from './permission-button.tsx';

const ConfirmDialog = lazy(() =>
  import('../feedback/confirm-dialog.tsx').then(({ ConfirmDialog: dialog }) => ({ default: dialog })),
);

type DialogButtonProps = Omit<ButtonProps, 'children'> & {
  permission: PermissionCode;
  label: ReactNode;
  blocked?: string | undefined;
  /** The dialog, while it is open. */
  children: (close: () => void) => ReactNode;
};

/** A button that opens a dialog, which is mounted only while it is open: its code is loaded on first use. */
export function DialogButton({ label, children, ...button }: DialogButtonProps) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <PermissionButton {...button} onClick={() => setOpen(true)}>
        {label}
      </PermissionButton>
      {open ? <Suspense fallback={null}>{children(() => setOpen(false))}</Suspense> : null}
    </>
  );
}

type ActionButtonProps = Omit<DialogButtonProps, 'children'> & {
  title: string;
  /** The verb with its object, on the button of the dialog. */
  action: string;
  /** What will happen. */
  children: ReactNode;
  /** Asks for a reason for the audit log. */
  reason?: boolean;
  danger?: boolean;
  // biome-ignore lint/suspicious/noExplicitAny: the result is that of the caller's change.
  change: (reason: string | undefined) => Change<any>;
};

/** A button for one change, which its dialog explains and sends. */
export function ActionButton({
  title,
  action,
  children,
  reason = false,
  danger = false,
  change,
  ...button
}: ActionButtonProps) {
  const { send } = useChange();
  return (
    <DialogButton {...button}>
      {(close) => (
        <ConfirmDialog
          open
          title={title}
          action={action}
          danger={danger}
          withReason={reason}
          onConfirm={(text) => send(change(text))}
          onClose={close}
        >
          {children}
        </ConfirmDialog>
      )}
    </DialogButton>
  );
}
