import './chips.css';
import type { Conditions } from 'bff/contract';
import { Icon } from '../icon.tsx';
import { formatConditions } from './condition-labels.ts';

/** The conditions of a grant, as a sentence. */
export function ConditionText({ terms }: { terms: Conditions }) {
  return (
    <span className="condition-text">
      <Icon name="condition" size={14} />
      <span>{formatConditions(terms)}</span>
    </span>
  );
}
