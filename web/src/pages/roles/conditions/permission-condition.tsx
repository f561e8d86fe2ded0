import type { Conditions } from 'bff/contract';
import { lazy, Suspense, useState } from 'react';
import { useI18n } from '../../../i18n/i18n.ts';
import { ConditionText } from '../../../ui/chips/condition-text.tsx';

const ConditionsDialog = lazy(() => import('./conditions-dialog.tsx'));

type Props = {
  code: string;
  terms: Conditions | undefined;
  canChange: boolean;
  onChange: (terms: Conditions | undefined) => void;
};

/** The conditions of a selected permission, with a button to edit them. */
export function PermissionCondition({ code, terms, canChange, onChange }: Props) {
  const { t } = useI18n();
  const [open, setOpen] = useState(false);
  if (!terms && !canChange) return null;
  return (
    <span className="pick-condition">
      {terms ? <ConditionText terms={terms} /> : null}
      {canChange ? (
        <button
          type="button"
          className={terms ? 'text-button' : 'text-button pick-condition-add'}
          aria-label={t(terms ? 'condition.change_of' : 'condition.add_to', { permission: code })}
          onClick={() => setOpen(true)}
        >
          {t(terms ? 'condition.change' : 'condition.add')}
        </button>
      ) : null}
      {open ? (
        <Suspense fallback={null}>
          <ConditionsDialog
            code={code}
            terms={terms}
            onDone={(next) => {
              setOpen(false);
              onChange(next);
            }}
            onClose={() => setOpen(false)}
          />
        </Suspense>
      ) : null}
    </span>
  );
}
