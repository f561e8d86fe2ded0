import { Button } from 'antd';
import { useState } from 'react';
import { t } from '../../i18n/i18n.ts';
import { Icon } from '../icon.tsx';

/** Copies a text and confirms it. */
export function CopyButton({ text, label, primary = false }: { text: string; label: string; primary?: boolean }) {
  const [copied, setCopied] = useState(false);
  async function copy() {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      // Browsers deny the clipboard outside a secure context; the text is visible and can be selected.
      return;
    }
    setCopied(true);
    setTimeout(() => setCopied(false), 2000);
  }
  return (
    <Button
      type={primary ? 'primary' : 'default'}
      onClick={copy}
      icon={<Icon name={copied ? 'check' : 'copy'} size={16} />}
    >
      <span aria-live="polite">{copied ? t('action.copied') : label}</span>
    </Button>
  );
}
