import { Alert, Button, Form, type FormInstance, Input } from 'antd';
import type { ApiError } from '../../core/api.ts';
import { errorText } from '../../i18n/error-text.ts';
import { t } from '../../i18n/i18n.ts';
import { rich } from '../../i18n/rich.ts';
import { TYPED_ABOVE } from './dry-run.ts';

/** What ActionDialog asks for itself. */
export type Values = { reason?: string; confirmName?: string };

/** The buttons of a dialog. */
export type Confirming = {
  /** The verb with its object: "Remove Marco Lindt". */
  action: string;
  /** The label of the cancel button, if not "Cancel". */
  cancel?: string;
  danger?: boolean;
  /** False while input is missing. */
  ready?: boolean;
  /** The name to type when more than TYPED_ABOVE members are affected. */
  confirmName?: string | undefined;
};
type FooterProps = Confirming & {
  fields: FormInstance<Values>;
  busy: boolean;
  mustType: boolean;
  isSeen: boolean;
  onClose: () => void;
};

export function Footer({ action, cancel, danger = false, ready = true, ...props }: FooterProps) {
  const typed = Form.useWatch('confirmName', props.fields);
  const isTyped = !props.mustType || typed?.trim() === props.confirmName;
  return (
    <>
      {props.mustType ? <TypedName name={props.confirmName ?? ''} /> : null}
      <Button onClick={props.onClose}>{cancel ?? t('action.cancel')}</Button>
      <Button
        type="primary"
        htmlType="submit"
        danger={danger}
        loading={props.busy}
        disabled={!ready || !props.isSeen || !isTyped}
      >
        {action}
      </Button>
    </>
  );
}

export function ReasonField() {
  return (
    <Form.Item name="reason" label={t('action.reason')} className="action-reason">
      <Input.TextArea maxLength={500} autoSize={{ minRows: 2, maxRows: 5 }} />
    </Form.Item>
  );
}

function TypedName({ name }: { name: string }) {
  return (
    <Form.Item
      name="confirmName"
      className="action-typed"
      label={<span>{rich('preview.type_name', { name: <strong>{name}</strong> })}</span>}
      tooltip={t('preview.type_reason', { n: TYPED_ABOVE })}
    >
      <Input autoComplete="off" spellCheck={false} />
    </Form.Item>
  );
}

export function Failure({ error }: { error: ApiError }) {
  const isStale = error.statusCode === 412;
  return (
    <Alert
      className="action-failure"
      showIcon
      type={isStale ? 'warning' : 'error'}
      message={isStale ? t('form.stale_title') : errorText(error)}
      description={
        isStale ? t('form.stale_text') : error.requestId ? t('entry.request_id', { id: error.requestId }) : undefined
      }
    />
  );
}

export function DiscardFooter({ onStay, onDiscard }: { onStay: () => void; onDiscard: () => void }) {
  return (
    <>
      <strong role="alert">{t('form.discard_title')}</strong>
      <Button onClick={onStay} autoFocus>
        {t('form.keep_editing')}
      </Button>
      <Button danger onClick={onDiscard}>
        {t('form.discard')}
      </Button>
    </>
  );
}
