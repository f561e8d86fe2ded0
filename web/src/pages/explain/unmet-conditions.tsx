import './unmet-conditions.css';
import type { AccessExplanation } from 'bff/contract';
import { useI18n } from '../../i18n/i18n.ts';
import { formatTerms } from '../../ui/chips/condition-labels.ts';
import { Icon } from '../../ui/icon.tsx';

type Missing = NonNullable<AccessExplanation['missing']>;

/** The conditions of the closest grant, and which of them fail. */
export function UnmetConditions({ conditions = [], unmet = [] }: Missing) {
  const { t } = useI18n();
  const failing = new Set(unmet.map((term) => JSON.stringify(term)));
  return (
    <ul className="explain-terms">
      {conditions.map((term) => {
        const key = JSON.stringify(term);
        const fails = failing.has(key);
        return (
          <li key={key} className={fails ? 'term-unmet' : 'term-met'}>
            <Icon name={fails ? 'close' : 'check'} size={14} />
            <span>{formatTerms([term])}</span>
            <span className="muted">{t(fails ? 'explain.condition_not_met' : 'explain.condition_met')}</span>
          </li>
        );
      })}
    </ul>
  );
}
