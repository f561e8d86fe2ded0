import { z } from 'zod';
import { emailKey } from '../core/text/email-address.ts';

const NAME = '[A-Za-z_][A-Za-z0-9_]{0,62}';
/** What a term may refer to: up to three levels of the resource, and some attributes of the user and the tenant. */
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

/** `@Bücher.example` is a part of the addresses of a domain. */
const keyOfPart = (text: string) => emailKey(`a${text}`)?.slice(1);
const emailKeyOf = <T>(value: T) =>
  typeof value === 'string' ? (emailKey(value) ?? keyOfPart(value) ?? value.toLowerCase()) : value;
const emailKeysIn = <T>(value: T | T[]) => (Array.isArray(value) ? value.map(emailKeyOf) : emailKeyOf(value)) as T;

/**
 * One comparison. Strings are ordered by code point, so that instants of the same format compare correctly; `contains` looks for an
 * item in a list, or for a part in a text. Addresses of users are compared by their keys. With a missing attribute, or one of another
 * type, the term is false for every operator.
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
  .refine(({ operator, value }) => !/Than$|^at/.test(operator) || typeof value !== 'boolean', 'condition_value')
  .overwrite((term) => (term.attribute === 'user.email' ? { ...term, value: emailKeysIn(term.value) } : term));
export type Term = z.infer<typeof Term>;

/** A grant applies when all of its conditions hold. Alternatives need several roles. */
export const Conditions = z.array(Term).min(1).max(10);
export type Conditions = z.infer<typeof Conditions>;

/** A permission with its conditions; null for an unconditional grant. */
export interface Grant {
  code: string;
  conditions: Conditions | null;
}

/** Returns the same key for the same term, in whatever order its keys and lists are. */
function keyOfTerm({ attribute, operator, value }: Term): string {
  const ordered = Array.isArray(value) ? [...value].sort() : value;
  return JSON.stringify([attribute, operator, ordered]);
}

/** Returns the same key for equivalent grants. */
export const keyOfGrant = ({ code, conditions }: Grant): string =>
  JSON.stringify([code, ...new Set((conditions ?? []).map(keyOfTerm).sort())]);

/** Whether `wide` allows all that `narrow` does: its terms are among those of `narrow`. */
export function isWithin(narrow: Conditions | null, wide: Conditions | null): boolean {
  if (!wide) return true;
  const terms = new Set((narrow ?? []).map(keyOfTerm));
  return wide.every((term) => terms.has(keyOfTerm(term)));
}

/** Whether one of the other grants allows all that this one does. */
export const isCovered = ({ code, conditions }: Grant, by: readonly Grant[]): boolean =>
  by.some((other) => other.code === code && isWithin(conditions, other.conditions));
