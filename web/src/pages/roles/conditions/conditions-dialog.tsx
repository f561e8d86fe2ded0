import '../../../ui/form/field.css';
import './conditions.css';
import { Button, Modal } from 'antd';
import type { Conditions, Term } from 'bff/contract';
import { useState } from 'react';
import { useI18n } from '../../../i18n/i18n.ts';
import { formatConditions } from '../../../ui/chips/condition-labels.ts';
import { PermissionTag } from '../../../ui/chips/permission-tag.tsx';
import { Icon } from '../../../ui/icon.tsx';
import { draftOfTerm, emptyTerm, MAX_TERMS, newTerm, termOf } from './term-draft.ts';
import { TermFields } from './term-fields.tsx';

type Props = {
  code: string;
  /** The current conditions. */
  terms: Conditions | undefined;
  onDone: (terms: Conditions | undefined) => void;
  onClose: () => void;
};

/** Edits the conditions of a grant: all must be met; without any it is unconditional. */
export default function ConditionsDialog({ code, terms, onDone, onClose }: Props) {
  const { t, rich } = useI18n();
  const [drafts, setDrafts] = useState(() => (terms ? terms.map(draftOfTerm) : [newTerm()]));
  const found = drafts.map(termOf);
  const whole = found.filter((term): term is Term => !('invalid' in term));
  const isWhole = whole.length === found.length;
  return (
    <Modal
      open
      title={rich('condition.title', { permission: <PermissionTag code={code} /> })}
      footer={null}
      width={760}
      onCancel={onClose}
    >
      <p className="dialog-text">{t('condition.about')}</p>
      <ol className="terms">
        {drafts.map((draft, at) => (
          <TermFields
            key={draft.id}
            at={at}
            term={draft}
            onChange={(next) => setDrafts((now) => now.map((each) => (each.id === next.id ? next : each)))}
            onRemove={() => setDrafts((now) => now.filter((each) => each.id !== draft.id))}
          />
        ))}
      </ol>
      {drafts.length < MAX_TERMS ? (
        <button
          type="button"
          className="text-button"
          onClick={() => setDrafts((now) => [...now, now.length > 0 ? emptyTerm() : newTerm()])}
        >
          <Icon name="plus" size={14} /> {t(drafts.length > 0 ? 'condition.add_another' : 'condition.add')}
        </button>
      ) : null}
      <p className="terms-summary" aria-live="polite">
        {!isWhole ? (
          <span className="muted">{t('condition.incomplete')}</span>
        ) : whole.length > 0 ? (
          <>
            {t('condition.applies')} <strong>{formatConditions(whole)}</strong>.
          </>
        ) : (
          t('condition.always')
        )}
      </p>
      <div className="dialog-actions">
        <Button onClick={onClose}>{t('action.cancel')}</Button>
        <Button type="primary" disabled={!isWhole} onClick={() => onDone(whole.length > 0 ? whole : undefined)}>
          {t('condition.apply')}
        </Button>
      </div>
    </Modal>
  );
}
