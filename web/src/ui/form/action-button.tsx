import type { ButtonProps } from 'antd';
import { type ReactNode, useState } from 'react';
import type { PermissionCode } from '../../providers/access/permissions.ts';
import { type Change, useChange } from '../../providers/data/use-change.ts';
import type { ActionDialogProps } from '../dialog/action-dialog.tsx';
import { lazyDialog } from '../feedback/lazy.tsx';
import { PermissionButton } from './permission-button.tsx';

const ActionDialog = lazyDialog<ActionDialogProps>(() =>
  import('../dialog/action-dialog.tsx').then(({ ActionDialog: dialog }) => ({ default: dialog })),
);

type DialogButtonProps = Omit<ButtonProps, 'children'> & {
  permission: PermissionCode;
  label: ReactNode;
  blocked?: string | undefined;
  /** Whether the dialog is open at first, for a link to it. */
  isOpen?: boolean;
  /** The dialog, while it is open. */
  children: (close: () => void) => ReactNode;
};

/** A button that opens a dialog, which is mounted only while it is open: its code is loaded on first use. */
export function DialogButton({ label, isOpen = false, children, ...button }: DialogButtonProps) {
  const [open, setOpen] = useState(isOpen);
  return (
    <>
      <PermissionButton {...button} aria-haspopup="dialog" onClick={() => setOpen(true)}>
        {label}
      </PermissionButton>
      {open ? children(() => setOpen(false)) : null}
    </>
  );
}

type ActionButtonProps = Omit<DialogButtonProps, 'children'> &
  Pick<ActionDialogProps, 'title' | 'action' | 'reason' | 'danger' | 'children' | 'confirmName' | 'affected'> & {
    // biome-ignore lint/suspicious/noExplicitAny: the result is that of the caller's change.
    change: (reason: string | undefined) => Change<any>;
    /** Shows the impact of the change on the access of members. */
    impact?: boolean;
  };

/** A button for one change, which its dialog explains and sends. */
export function ActionButton({
  title,
  action,
  children,
  reason = false,
  danger = false,
  confirmName,
  affected,
  change,
  impact = false,
  ...button
}: ActionButtonProps) {
  const { send } = useChange();
  return (
    <DialogButton danger={danger} {...button}>
      {(close) => (
        <ActionDialog
          {...{ title, action, reason, danger, children, confirmName, affected }}
          changes={impact ? [change(undefined)] : undefined}
          onConfirm={(text) => send(change(text))}
          onClose={close}
        />
      )}
    </DialogButton>
  );
}
