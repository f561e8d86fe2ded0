import type { Term } from 'bff/contract';

type Operator = Term['operator'];
export type Kind = 'text' | 'number' | 'truth' | 'attribute';

/** A term in the form: the value as typed, lists separated by commas. */
export type TermDraft = { attribute: string; operator: Operator; kind: Kind; text: string };

/** All operators, in display order. */
export const OPERATORS = Object.keys({
  equals: 1,
  notEquals: 1,
  in: 1,
  notIn: 1,
  contains: 1,
  lessThan: 1,
  atMost: 1,
  greaterThan: 1,
  atLeast: 1,
} satisfies Record<Operator, 1>) as Operator[];
export const ATTRIBUTES = ['user.id', 'user.email', 'user.emailVerified', 'tenant.id', 'tenant.slug'];
const RESOURCE = /^resource(\.[A-Za-z_][A-Za-z0-9_]{0,62}){1,3}$/;
export const MAX_TERMS = 10;

const isList = (operator: Operator) => operator === 'in' || operator === 'notIn';
const orders = (operator: Operator) => /Than$|^at/.test(operator);

/** The value types an operator accepts. */
export const valueTypesOf = (operator: Operator): Kind[] =>
  isList(operator) || orders(operator) ? ['text', 'number', 'attribute'] : ['text', 'number', 'truth', 'attribute'];

/** The most common condition: the caller owns the resource. */
export const ownerTerm: TermDraft = {
  attribute: 'resource.ownerId',
  operator: 'equals',
  kind: 'attribute',
  text: 'user.id',
};
export const emptyTerm: TermDraft = { attribute: 'resource.', operator: 'equals', kind: 'text', text: '' };

export function draftOfTerm({ attribute, operator, value }: Term): TermDraft {
  const first = Array.isArray(value) ? value[0] : value;
  const kind: Kind =
    typeof first === 'number'
      ? 'number'
      : typeof first === 'boolean'
        ? 'truth'
        : typeof first === 'object'
          ? 'attribute'
          : 'text';
  const text = Array.isArray(value) ? value.join(', ') : typeof value === 'object' ? value.attribute : String(value);
  return { attribute, operator, kind, text };
}

/** Changes the operator or value type and resets what does not fit. */
export function withOperator(draft: TermDraft, operator: Operator): TermDraft {
  return valueTypesOf(operator).includes(draft.kind)
    ? { ...draft, operator }
    : { ...draft, operator, kind: 'text', text: '' };
}
const EMPTY: Record<Kind, string> = { text: '', number: '', truth: 'true', attribute: 'user.id' };
export const withKind = (draft: TermDraft, kind: Kind): TermDraft => ({ ...draft, kind, text: EMPTY[kind] });

/** Parses a draft into a term, or returns the missing or invalid part. */
export function termOf({ attribute, operator, kind, text }: TermDraft): Term | { invalid: 'attribute' | 'value' } {
  if (!ATTRIBUTES.includes(attribute) && !RESOURCE.test(attribute)) return { invalid: 'attribute' };
  if (kind === 'attribute') return { attribute, operator, value: { attribute: text } };
  if (kind === 'truth') return { attribute, operator, value: text === 'true' };
  const parts = (isList(operator) ? text.split(',') : [text]).map((part) => part.trim()).filter((part) => part !== '');
  const values = kind === 'number' ? parts.map(Number) : parts;
  const [first] = values;
  if (first === undefined || values.some(Number.isNaN as (value: unknown) => boolean)) return { invalid: 'value' };
  return { attribute, operator, value: isList(operator) ? values : first };
}

export const isTerm = (term: ReturnType<typeof termOf>): term is Term => !('invalid' in term);
