import './conditions.css';
import { Button, Form } from 'antd';
import { useState } from 'react';
import { t } from '../../../i18n/i18n.ts';
import { formatConditions } from '../../../ui/chips/condition-labels.ts';
import { ConditionText } from '../../../ui/chips/condition-text.tsx';
import { Icon } from '../../../ui/icon.tsx';
import { emptyTerm, isTerm, MAX_TERMS, ownerTerm, type TermDraft, termOf } from './term-draft.ts';
import { TermInput } from './term-input.tsx';

/** The conditions of one permission of the form: all must be met; without any it is unconditional. */
export function GrantConditions({ code, canChange }: { code: string; canChange: boolean }) {
  const form = Form.useFormInstance();
  const drafts: TermDraft[] = Form.useWatch(['conditions', code], { form, preserve: true }) ?? [];
  const [isOpen, setOpen] = useState(false);
  const terms = drafts.map(termOf).filter(isTerm);
  const has = drafts.length > 0;
  if (isOpen && canChange) return <Editor code={code} />;
  return (
    <div className="grant-conditions">
      {has ? <ConditionText terms={terms} /> : null}
      {canChange ? (
        <Button
          type="link"
          size="small"
          className={has ? '' : 'condition-add'}
          aria-label={t(has ? 'condition.change_of' : 'condition.add_to', { permission: code })}
          onClick={() => {
            if (!has) form.setFieldValue(['conditions', code], [ownerTerm]);
            setOpen(true);
          }}
        >
          {t(has ? 'condition.change' : 'condition.add')}
        </Button>
      ) : null}
    </div>
  );
}

function Editor({ code }: { code: string }) {
  const drafts: TermDraft[] = Form.useWatch(['conditions', code]) ?? [];
  const terms = drafts.map(termOf).filter(isTerm);
  return (
    <div className="grant-conditions grant-conditions-open">
      <p className="muted">{t('condition.about')}</p>
      <Form.List name={['conditions', code]}>
        {(fields, { add, remove }) => (
          <>
            {fields.map(({ key, name }) => (
              <div key={key} className="term">
                <Form.Item name={name} noStyle>
                  <TermInput n={name + 1} />
                </Form.Item>
                <Button
                  type="text"
                  aria-label={t('condition.remove_n', { n: name + 1 })}
                  icon={<Icon name="close" size={16} />}
                  onClick={() => remove(name)}
                />
              </div>
            ))}
            {fields.length < MAX_TERMS ? (
              <Button type="link" size="small" onClick={() => add(fields.length > 0 ? emptyTerm : ownerTerm)}>
                {t(fields.length > 0 ? 'condition.add_another' : 'condition.add')}
              </Button>
            ) : null}
          </>
        )}
      </Form.List>
      <p aria-live="polite">
        {terms.length < drafts.length ? (
          <span className="muted">{t('condition.incomplete')}</span>
        ) : terms.length > 0 ? (
          <>
            {t('condition.applies')} <strong>{formatConditions(terms)}</strong>.
          </>
        ) : (
          t('condition.always')
        )}
      </p>
    </div>
  );
}
