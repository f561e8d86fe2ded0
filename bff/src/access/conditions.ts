import { z } from 'zod';

const NAME = '[A-Za-z_][A-Za-z0-9_]{0,62}';
/** What a term may look at: up to three levels into the resource, and a little about the person and the tenant. */
const ATTRIBUTE = new RegExp(
  `^(?:user\\.(?:id|email|emailVerified)|tenant\\.(?:id|slug)|resource(?:\\.${NAME}){1,3})$`,
);
const Attribute = z.string().regex(ATTRIBUTE, 'condition_attribute');

const OPERATORS = [
  'equals',
  'notEquals',
  'in',
  'notIn',
  'lessThan',
  'atMost',
  'greaterThan',
  'atLeast',
  'contains',
] as const;

const Scalar = z.union([z.string().max(500), z.number(), z.boolean()]);
const List = z
  .array(Scalar)
  .min(1)
  .max(100)
  .refine((items) => items.every((item) => typeof item === typeof items[0]), 'condition_list_of_one_type');
const takesList = (operator: string) => operator === 'in' || operator === 'notIn';

/**
 * One comparison. Strings are ordered by code point, so that instants written alike compare as they should; `contains` asks a list
 * for an item, or a text for a part. An attribute that is missing or of another type makes the term false, whatever the operator.
 */
export const Term = z
  .strictObject({
    attribute: Attribute,
    operator: z.enum(OPERATORS),
    value: z.union([Scalar, List, z.strictObject({ attribute: Attribute })]),
  })
  .refine(
    ({ operator, value }) =>
      (typeof value === 'object' && !Array.isArray(value)) || takesList(operator) === Array.isArray(value),
    'condition_value',
  )
  .refine(({ operator, value }) => !/Than$|^at/.test(operator) || typeof value !== 'boolean', 'condition_value');
export type Term = z.infer<typeof Term>;

/** When a grant applies: all of these hold. Alternatives are several roles. */
export const Conditions = z.array(Term).min(1).max(10);
export type Conditions = z.infer<typeof Conditions>;

/** A permission and when it applies; null means always. */
export interface Grant {
  code: string;
  conditions: Conditions | null;
}

/** The same text for the same term, however its keys and lists are ordered. */
function keyOfTerm({ attribute, operator, value }: Term): string {
  const ordered = Array.isArray(value) ? [...value].sort() : value;
  return JSON.stringify([attribute, operator, ordered]);
}

/** The same text for grants that say the same. */
export const keyOfGrant = ({ code, conditions }: Grant): string =>
  JSON.stringify([code, ...new Set((conditions ?? []).map(keyOfTerm).sort())]);

/** Whoever holds it under `wide` may do all that `narrow` allows: its terms are among those of `narrow`. */
export function isWithin(narrow: Conditions | null, wide: Conditions | null): boolean {
  if (!wide) return true;
  const terms = new Set((narrow ?? []).map(keyOfTerm));
  return wide.every((term) => terms.has(keyOfTerm(term)));
}

/** Some of these grants gives all that this one does. */
export const isCovered = ({ code, conditions }: Grant, by: readonly Grant[]): boolean =>
  by.some((other) => other.code === code && isWithin(conditions, other.conditions));
