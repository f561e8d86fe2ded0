import './chips.css';
import type { Conditions } from 'bff/contract';
import { useI18n } from '../../i18n/i18n.ts';
import { Icon } from '../icon.tsx';
import { formatConditions } from './condition-labels.ts';

/** The conditions of a grant, as a sentence. */
export function ConditionText({ terms }: { terms: Conditions }) {
  useI18n();
  return (
    <span className="condition-text">
      <Icon name="condition" size={14} />
      <span>{formatConditions(terms)}</span>
    </span>
  );
}
