import type { Conditions, Term } from 'bff/contract';
import { formatList } from '../../i18n/format.ts';
import { currentLocale, hasMessage, t } from '../../i18n/i18n.ts';
import { intl } from '../../i18n/intl.ts';

/** Returns the label of an attribute; properties of the resource by their path. */
export function attributeLabel(attribute: string): string {
  const key = `condition.${attribute}`;
  return hasMessage(key) ? t(key) : attribute;
}

const either = (items: string[]) => intl('ListFormat', currentLocale(), { type: 'disjunction' }).format(items);

function formatValue(value: Term['value']): string {
  if (Array.isArray(value)) return either(value.map(formatValue));
  if (typeof value === 'object') {
    return value.attribute === 'user.id' ? t('condition.current_user') : attributeLabel(value.attribute);
  }
  if (typeof value === 'boolean') return t(value ? 'condition.true' : 'condition.false');
  return typeof value === 'number' ? String(value) : t('condition.text', { text: value });
}

function formatTerm({ attribute, operator, value }: Term): string {
  if (attribute === 'user.emailVerified' && operator === 'equals' && value === true) return t('condition.verified');
  return t(`condition.${operator}`, { attribute: attributeLabel(attribute), value: formatValue(value) });
}

/** "only when resource.ownerId is the user" */
export const formatConditions = (terms: Conditions): string =>
  t('condition.only_when', { terms: formatList(terms.map(formatTerm)) });

/** "resource.ownerId is the user" */
export const formatTerms = (terms: readonly Term[]): string => formatList(terms.map(formatTerm));

const isTerm = (value: unknown) =>
  typeof value === 'object' && value !== null && 'attribute' in value && 'operator' in value && 'value' in value;

/** Whether a stored value is conditions by permission code. */
export const isConditionsByCode = (value: unknown): value is Record<string, Conditions> =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  Object.values(value).length > 0 &&
  Object.values(value).every((terms) => Array.isArray(terms) && terms.length > 0 && terms.every(isTerm));
