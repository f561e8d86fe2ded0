import { useState } from 'react';
import { t } from '../../i18n/i18n.ts';
import { Icon } from '../icon.tsx';

/** The id of a failed request, which a click copies for the support. */
export function RequestId({ id }: { id: string }) {
  const [copied, setCopied] = useState(false);
  const copy = () => navigator.clipboard?.writeText(id).then(() => setCopied(true));
  return (
    <button type="button" className="text-button mono" onClick={copy}>
      <Icon name={copied ? 'check' : 'copy'} size={16} />
      <span aria-live="polite">{copied ? t('action.copied') : t('entry.request_id', { id })}</span>
    </button>
  );
}
