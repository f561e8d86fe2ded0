/** NUL and lone surrogates, which PostgreSQL cannot store, get into JSON by escapes only. */
const UNSTORABLE = /\\u(?:0000|d[89a-f])/i;
/** PostgreSQL, and JSON.stringify, overflow their stack on values nested some thousand levels deep. */
const MAX_DEPTH = 100;

/** Parses a provider's JSON into what jsonb can store: an object that holds anything else must not be refused forever. */
export function parseStorable(json: string): unknown {
  const value: unknown = JSON.parse(json);
  return UNSTORABLE.test(json) || isDeep(json) ? toStorable(value) : value;
}

/** Replaces NUL and lone surrogates by U+FFFD, and what is nested too deeply by null. */
export function toStorable(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return value.toWellFormed().replaceAll('\u0000', '\ufffd');
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= MAX_DEPTH) return null;
  if (Array.isArray(value)) return value.map((item) => toStorable(item, depth + 1));
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [toStorable(key), toStorable(item, depth + 1)]));
}

const [QUOTE, BACKSLASH, OPEN_ARRAY, CLOSE_ARRAY, OPEN_OBJECT, CLOSE_OBJECT] = [0x22, 0x5c, 0x5b, 0x5d, 0x7b, 0x7d];

/** Reads text instead of values: nearly all of it is flat, and is passed on as it was parsed. */
function isDeep(json: string): boolean {
  let depth = 0;
  for (let at = 0; at < json.length; at++) {
    const char = json.charCodeAt(at);
    if (char === QUOTE) at = endOfString(json, at);
    else if (char === OPEN_ARRAY || char === OPEN_OBJECT) depth += 1;
    else if (char === CLOSE_ARRAY || char === CLOSE_OBJECT) depth -= 1;
    if (depth > MAX_DEPTH) return true;
  }
  return false;
}

function endOfString(json: string, start: number): number {
  let at = start + 1;
  while (at < json.length && json.charCodeAt(at) !== QUOTE) at += json.charCodeAt(at) === BACKSLASH ? 2 : 1;
  return at;
}
