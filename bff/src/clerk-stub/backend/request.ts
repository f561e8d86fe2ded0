import type { Context } from 'hono';
import { z } from 'zod';
import { ClerkApiError, invalid } from '../api-error.ts';
import type { Metadata } from '../serialize.ts';

const MAX_PAGE_SIZE = 500;
const DEFAULT_PAGE_SIZE = 10;

/** Reads `limit` and `offset`. */
export function pageOf(c: Context): { limit: number; offset: number } {
  return {
    limit: wholeNumber(c, 'limit', { fallback: DEFAULT_PAGE_SIZE, min: 1, max: MAX_PAGE_SIZE }),
    offset: wholeNumber(c, 'offset', { fallback: 0, min: 0, max: Number.MAX_SAFE_INTEGER }),
  };
}

function wholeNumber(c: Context, name: string, { fallback, min, max }: { fallback: number; min: number; max: number }) {
  const text = c.req.query(name);
  const value = text === undefined ? fallback : Number(text);
  if (Number.isInteger(value) && value >= min && value <= max) return value;
  throw invalid('form_param_value_invalid', `${name} must be a whole number from ${min} to ${max}.`, name);
}

/** Reads column and direction of `order_by`. An unescaped plus sign arrives as a space. */
export function orderOf<C extends string>(c: Context, columns: readonly C[]): { column: C; isDescending: boolean } {
  const value = (c.req.query('order_by') ?? '-created_at').trim();
  const column = columns.find((name) => name === value.replace(/^[+-]/, ''));
  if (!column) throw invalid('form_param_value_invalid', `${value} is not a valid order.`, 'order_by');
  return { column, isDescending: value.startsWith('-') };
}

/** Returns a page of a list that is sorted oldest first; `isDescending` reads from the end without reversing the list. */
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

/** Reads ids to include (`+`, optional) and to exclude (`-`). Null without the parameter. */
export function idFilter(c: Context, name: string): ((id: string) => boolean) | null {
  const value = (c.req.queries(name) ?? []).map((id) => id.trim());
  if (value.length === 0) return null;
  const excluded = new Set(value.filter((id) => id.startsWith('-')).map((id) => id.slice(1)));
  const included = new Set(value.filter((id) => !id.startsWith('-')).map((id) => id.replace(/^\+/, '')));
  return (id) => !excluded.has(id) && (included.size === 0 || included.has(id));
}

/** Parses the body; rejects fields unknown to Clerk. */
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
    throw new ClerkApiError(
      400,
      'request_body_invalid',
      'The request body is invalid. Please consult the API documentation.',
    );
  }
}

/** Removes undefined fields. */
export function defined<T extends object>(details: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(details).filter(([, value]) => value !== undefined)) as never;
}

export const METADATA = z.record(z.string(), z.unknown()).transform((metadata): Metadata => metadata);
export const MetadataBody = z.strictObject({
  public_metadata: METADATA.optional(),
  private_metadata: METADATA.optional(),
});

/** Clerk's client parses JSON only under exactly this type, without a charset. */
export const json = (body: unknown) =>
  new Response(JSON.stringify(body), { headers: { 'content-type': 'application/json' } });
