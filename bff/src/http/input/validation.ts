import { AppError } from '../../core/errors.ts';

/** A Standard Schema issue, with what zod adds to it. */
interface Issue {
  message: string;
  path?: readonly (PropertyKey | { key: PropertyKey })[] | undefined;
  code?: string;
  keys?: string[];
}
type Outcome = { success: true } | { success: false; error: readonly Issue[] };

/**
 * Throws the error of a failed validation: not_found for a malformed path, 400 for an unknown field or a malformed query, and
 * validation_failed (422) with the fields for an invalid value.
 */
export const rejectInvalid = (target: 'param' | 'query' | 'json') => (outcome: Outcome) => {
  if (outcome.success) return;
  if (target === 'param') throw new AppError('not_found');
  const unknown = outcome.error
    .filter((issue) => issue.code === 'unrecognized_keys')
    .flatMap((issue) => issue.keys ?? []);
  if (unknown.length > 0) throw new AppError('unknown_field', { detail: unknown.join(', ') });
  const errors = errorsByField(outcome.error);
  throw new AppError(target === 'query' ? 'malformed_request' : 'validation_failed', { errors });
};

/** Returns the messages of each field, with `_` for the whole; an unknown field is named as its own. */
export function errorsByField(issues: readonly Issue[]): Record<string, string[]> {
  // Callers name unknown fields: `constructor` must not be found in the prototype of an object.
  const errors = new Map<string, string[]>();
  for (const { path = [], code, keys, message } of issues) {
    const at = path.map((part) => String(typeof part === 'object' ? part.key : part));
    for (const field of code === 'unrecognized_keys' && keys ? keys.map((key) => [...at, key]) : [at]) {
      const name = field.join('.') || '_';
      errors.set(name, [...(errors.get(name) ?? []), code === 'unrecognized_keys' ? 'unknown_field' : message]);
    }
  }
  return Object.fromEntries(errors);
}
