import type { Context } from 'hono';
import { z } from 'zod';
import { ClerkRefusal, invalid } from '../api-error.ts';
import type { Metadata } from '../serialize.ts';

const LARGEST_PAGE = 500;
const USUAL_PAGE = 10;

/** `limit` and `offset` of a list. */
export function pageOf(c: Context): { limit: number; offset: number } {
  return {
    limit: wholeNumber(c, 'limit', { usual: USUAL_PAGE, least: 1, most: LARGEST_PAGE }),
    offset: wholeNumber(c, 'offset', { usual: 0, least: 0, most: Number.MAX_SAFE_INTEGER }),
  };
}

function wholeNumber(c: Context, name: string, { usual, least, most }: { usual: number; least: number; most: number }) {
  const given = c.req.query(name);
  const value = given === undefined ? usual : Number(given);
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw invalid('form_param_value_invalid', `${name} must be a whole number from ${least} to ${most}.`, name);
}

/** The column and direction of `order_by`; a plus sign that came unescaped, and so as a space, is one too. */
export function orderOf<C extends string>(c: Context, columns: readonly C[]): { column: C; isDescending: boolean } {
  const given = (c.req.query('order_by') ?? '-created_at').trim();
  const column = columns.find((name) => name === given.replace(/^[+-]/, ''));
  if (!column) throw invalid('form_param_value_invalid', `${given} is no order of this list.`, 'order_by');
  return { column, isDescending: given.startsWith('-') };
}

/** A slice of a list that stands oldest first; `isDescending` reads it from its end, without turning all of it round. */
export function slice<T>(
  list: readonly T[],
  { limit, offset, isDescending }: { limit: number; offset: number; isDescending: boolean },
) {
  if (!isDescending) return list.slice(offset, offset + limit);
  const end = Math.max(0, list.length - offset);
  return list.slice(Math.max(0, end - limit), end).reverse();
}

export function sortedBy<T>(list: readonly T[], value: (item: T) => string | number | null): T[] {
  return [...list].sort((a, b) => compare(value(a), value(b)));
}

function compare(a: string | number | null, b: string | number | null): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return String(a ?? '').localeCompare(String(b ?? ''));
}

/** Ids to take and to leave out: Clerk lets `+` or `-` stand before each. Null where nobody asked. */
export function idFilter(c: Context, name: string): ((id: string) => boolean) | null {
  const given = (c.req.queries(name) ?? []).map((id) => id.trim());
  if (given.length === 0) return null;
  const without = new Set(given.filter((id) => id.startsWith('-')).map((id) => id.slice(1)));
  const within = new Set(given.filter((id) => !id.startsWith('-')).map((id) => id.replace(/^\+/, '')));
  return (id) => !without.has(id) && (within.size === 0 || within.has(id));
}

/** The body, which may name nothing that Clerk does not know. */
export async function bodyOf<S extends z.ZodType>(c: Context, schema: S): Promise<z.output<S>> {
  const text = await c.req.text();
  const read = schema.safeParse(text === '' ? {} : parse(text));
  if (read.success) return read.data;
  const issue = read.error.issues[0];
  const name = issue?.code === 'unrecognized_keys' ? (issue.keys[0] ?? '') : (issue?.path.join('.') ?? '');
  if (issue?.code === 'unrecognized_keys')
    throw invalid('form_param_unknown', `${name} is not a valid parameter.`, name);
  if (issue && 'input' in issue && issue.input === undefined)
    throw invalid('form_param_missing', `${name} must be included.`, name);
  throw invalid('form_param_format_invalid', `${name} is invalid: ${issue?.message}`, name);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ClerkRefusal(
      400,
      'request_body_invalid',
      'The request body is invalid. Please consult the API documentation.',
    );
  }
}

/** Without the keys that nobody gave. */
export function given<T extends object>(details: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(details).filter(([, value]) => value !== undefined)) as never;
}

export const METADATA = z.record(z.string(), z.unknown()).transform((metadata): Metadata => metadata);
export const MetadataBody = z.strictObject({
  public_metadata: METADATA.optional(),
  private_metadata: METADATA.optional(),
});

/** Clerk's own client takes an answer for text unless the type is exactly this, without a charset. */
export const json = (body: unknown) =>
  new Response(JSON.stringify(body), { headers: { 'content-type': 'application/json' } });
