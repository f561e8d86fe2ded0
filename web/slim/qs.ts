/** Replaces `qs` by what the console's URLs need: flat parameters. */
type Query = Record<string, unknown>;

export function parse(search: string): Query {
  return Object.fromEntries(new URLSearchParams(search));
}

export function stringify(query: Query, { addQueryPrefix = false } = {}): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== null);
  const text = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
  return addQueryPrefix && text !== '' ? `?${text}` : text;
}

export default { parse, stringify };
