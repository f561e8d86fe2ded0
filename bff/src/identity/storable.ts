import { isDeeperThan } from '../core/values/json.ts';

/** NUL and lone surrogates, which PostgreSQL cannot store, get into JSON by escapes only. */
const UNSTORABLE = /\\u(?:0000|d[89a-f])/i;
/** PostgreSQL, and JSON.stringify, overflow their stack on values nested some thousand levels deep. */
const MAX_DEPTH = 100;

/** Parses a provider's JSON into what jsonb can store: an object that holds anything else must not be refused forever. */
export function parseStorable(json: string): unknown {
  const value: unknown = JSON.parse(json);
  return UNSTORABLE.test(json) || isDeeperThan(MAX_DEPTH, value) ? toStorable(value) : value;
}

/** Replaces NUL and lone surrogates by U+FFFD, and what is nested too deeply by null. */
export function toStorable(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return value.toWellFormed().replaceAll('\u0000', '\ufffd');
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= MAX_DEPTH) return null;
  if (Array.isArray(value)) return value.map((item) => toStorable(item, depth + 1));
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [toStorable(key), toStorable(item, depth + 1)]));
}
