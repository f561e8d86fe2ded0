import './action-dialog.css';
import { Form, type FormInstance, type FormProps, Modal } from 'antd';
import type { ReactNode } from 'react';
import { useId, useRef, useState } from 'react';
import type { ApiError } from '../../core/api.ts';
import { type Confirming, DiscardFooter, Failure, Footer, ReasonField, type Values } from './dialog-parts.tsx';
import { type PlannedChange, TYPED_ABOVE, useImpact } from './dry-run.ts';
import { ImpactPane, type MemberLink } from './impact.tsx';
import { useDialogFocus } from './use-dialog-focus.ts';
import { useLeaveGuard } from './use-leave-guard.ts';

/** What the dialog needs of useRecordForm(). */
type DialogForm = {
  // biome-ignore lint/suspicious/noExplicitAny: the values are the caller's; the dialog adds `reason`.
  formProps: FormProps<any>;
  busy: boolean;
  /** An error of the last save that belongs to no field. */
  failure: ApiError | undefined;
};

export type ActionDialogProps = Confirming & {
  title: ReactNode;
  /** Asks for a reason for the audit log. */
  reason?: boolean;
  /** What is chosen, and what will happen in words. */
  children?: ReactNode;
  /** What would be sent: its impact is shown, and updated while it is edited. Empty: nothing is chosen yet. */
  changes?: PlannedChange[] | undefined;
  /** How many members are affected, where no dry run counts them. */
  affected?: number | undefined;
  linkTo?: MemberLink;
  /** Whether closing loses input that is not in a field of antd's. */
  dirty?: boolean;
  width?: number;
  /** The primary button submits this form. */
  form?: DialogForm;
  /** Without a form. The dialog closes unless it resolves to undefined, as useChange() does on an error. */
  onConfirm?: (reason: string | undefined) => Promise<unknown>;
  onClose: () => void;
};

/**
 * The dialog of every action, mounted while it is open: choices left, their impact right, one footer that stays in view. Closing
 * it with input asks first, in the footer; a failed save keeps all of it.
 */
export function ActionDialog({ form, onConfirm, onClose, ...props }: ActionDialogProps) {
  const { changes, children, reason = false, dirty = false, width } = props;
  const content = useRef<HTMLDivElement>(null);
  const [own] = Form.useForm<Values>();
  const fields = form?.formProps.form ?? own;
  const [touched, setTouched] = useState(false);
  const { busy, confirm } = useConfirm(form, onConfirm, onClose);
  const isDirty = touched || dirty;
  const { close, question } = useDiscard(isDirty && !busy, onClose);
  const impact = useImpact(changes ?? [], busy);
  const mustType = props.confirmName !== undefined && (props.affected ?? impact.affected) > TYPED_ABOVE;
  const isWide = changes !== undefined && (children !== undefined || reason);
  useDialogFocus(content);

  return (
    <Modal
      open
      title={props.title}
      footer={
        <div className="action-footer">
          {question ? (
            <DiscardFooter {...question} />
          ) : (
            <Footer {...props} {...{ fields, busy, mustType }} isSeen={!changes || impact.isSeen} onClose={close} />
          )}
        </div>
      }
      width={width ?? (isWide ? 880 : 480)}
      className={changes || form ? 'action-dialog' : 'action-dialog action-dialog-small'}
      maskClosable={!isDirty}
      onCancel={close}
      modalRender={(dialog) => (
        <DialogFrame {...{ form, fields, confirm }} onTouch={() => setTouched(true)}>
          {dialog}
        </DialogFrame>
      )}
    >
      <div ref={content} className={isWide ? 'action-content action-content-wide' : 'action-content'}>
        <div>
          {form?.failure ? <Failure error={form.failure} /> : null}
          {children}
          {reason ? <ReasonField /> : null}
        </div>
        {changes ? <ImpactPane impact={impact} changes={changes} linkTo={props.linkTo} isTitled={isWide} /> : null}
      </div>
    </Modal>
  );
}

/** Closing the dialog or leaving the page: with input, the question whether to discard it comes first. */
function useDiscard(isDirty: boolean, onClose: () => void) {
  const [asked, setAsked] = useState(false);
  const { leave, stay } = useLeaveGuard(isDirty);
  const question = {
    onDiscard: leave ?? onClose,
    onStay: () => {
      setAsked(false);
      stay();
    },
  };
  return { close: () => (isDirty ? setAsked(true) : onClose()), question: asked || leave ? question : undefined };
}

type FrameProps = {
  form: DialogForm | undefined;
  fields: FormInstance<Values>;
  confirm: (values: Values) => unknown;
  onTouch: () => void;
  children: ReactNode;
};

/** The form around the whole dialog, so that its footer submits. */
function DialogFrame({ form, fields, confirm, onTouch, children }: FrameProps) {
  const name = useId();
  return (
    <Form
      layout="vertical"
      requiredMark={false}
      // The rules of the fields explain in the language of the page, the browser's own in another.
      noValidate
      {...form?.formProps}
      form={fields}
      name={name}
      onFinish={confirm}
      onValuesChange={(changed, all) => {
        if (!('confirmName' in changed)) onTouch();
        form?.formProps.onValuesChange?.(changed, all);
      }}
    >
      {children}
    </Form>
  );
}

/** Sends what is confirmed, with the reason. */
function useConfirm(form: DialogForm | undefined, onConfirm: ActionDialogProps['onConfirm'], onClose: () => void) {
  const [sending, setSending] = useState(false);
  async function confirm({ confirmName: _, reason: text, ...values }: Values) {
    const why = text?.trim() || undefined;
    if (form) return form.formProps.onFinish?.({ ...values, ...(why ? { reason: why } : {}) });
    setSending(true);
    const done = await onConfirm?.(why);
    setSending(false);
    if (done !== undefined) onClose();
  }
  return { busy: sending || (form?.busy ?? false), confirm };
}
