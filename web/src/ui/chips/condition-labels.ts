import type { Conditions, Term } from 'bff/contract';
import { inWords } from '../../i18n/format.ts';
import { currentLocale, hasMessage, t } from '../../i18n/i18n.ts';

/** What a condition looks at, in words; properties of the resource by their path. */
export function attributeWords(attribute: string): string {
  const key = `condition.${attribute}`;
  return hasMessage(key) ? t(key) : attribute;
}

const either = (items: string[]) => new Intl.ListFormat(currentLocale(), { type: 'disjunction' }).format(items);

function valueWords(value: Term['value']): string {
  if (Array.isArray(value)) return either(value.map(valueWords));
  if (typeof value === 'object') {
    return value.attribute === 'user.id' ? t('condition.themselves') : attributeWords(value.attribute);
  }
  if (typeof value === 'boolean') return t(value ? 'condition.true' : 'condition.false');
  return typeof value === 'number' ? String(value) : t('condition.text', { text: value });
}

function termWords({ attribute, operator, value }: Term): string {
  if (attribute === 'user.emailVerified' && operator === 'equals' && value === true) return t('condition.verified');
  return t(`condition.${operator}`, { attribute: attributeWords(attribute), value: valueWords(value) });
}

/** "only when resource.ownerId is the person themselves" */
export const conditionWords = (terms: Conditions): string =>
  t('condition.only_when', { terms: inWords(terms.map(termWords)) });

/** "resource.ownerId is the person themselves" */
export const termsInWords = (terms: readonly Term[]): string => inWords(terms.map(termWords));

const isTerm = (value: unknown) =>
  typeof value === 'object' && value !== null && 'attribute' in value && 'operator' in value && 'value' in value;

/** Whether a stored value is conditions by permission, as roles keep them. */
export const isConditionsByCode = (value: unknown): value is Record<string, Conditions> =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  Object.values(value).length > 0 &&
  Object.values(value).every((terms) => Array.isArray(terms) && terms.length > 0 && terms.every(isTerm));
