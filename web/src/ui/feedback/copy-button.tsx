import './copy-button.css';
import { Button, type ButtonProps } from 'antd';
import { useState } from 'react';
import { t } from '../../i18n/i18n.ts';
import { Icon } from '../icon.tsx';

/** Copies a text and confirms it. */
export function CopyButton({ text, label, ...button }: ButtonProps & { text: string; label: string }) {
  const [copied, setCopied] = useState(false);
  async function copy() {
    // Browsers deny the clipboard outside a secure context; the text is visible and can be selected.
    const isCopied = await navigator.clipboard?.writeText(text).then(
      () => true,
      () => false,
    );
    setCopied(isCopied === true);
    setTimeout(() => setCopied(false), 2000);
  }
  return (
    <Button {...button} onClick={copy} icon={<Icon name={copied ? 'check' : 'copy'} size={16} />}>
      <span aria-live="polite">{copied ? t('action.copied') : label}</span>
    </Button>
  );
}

/** The id of a failed request, to copy for the support. */
export function RequestId({ id }: { id: string }) {
  return (
    <CopyButton type="text" size="small" className="request-id mono" text={id} label={t('entry.request_id', { id })} />
  );
}
