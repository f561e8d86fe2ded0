/** A property as typed; dots denote nesting. */
export type Property = { path: string; value: string };

/** Parses numbers and booleans; everything else is text. */
function readValue(text: string): string | number | boolean {
  const typed = text.trim();
  if (typed === 'true' || typed === 'false') return typed === 'true';
  return typed !== '' && String(Number(typed)) === typed ? Number(typed) : typed;
}

type Tree = { [name: string]: unknown };
const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Splits {"course":{"region":"north"}} into a line per value; undefined for invalid text. */
export function propertiesOf(json: string | undefined): Property[] {
  const lines = (tree: Tree, above: string[]): Property[] =>
    Object.entries(tree).flatMap(([name, value]) =>
      isTree(value)
        ? lines(value, [...above, name])
        : [{ path: [...above, name].join('.'), value: typeof value === 'string' ? value : JSON.stringify(value) }],
    );
  try {
    const tree: unknown = JSON.parse(json ?? '{}');
    return isTree(tree) ? lines(tree, []) : [];
  } catch {
    return [];
  }
}

/** Returns the properties as the server expects them; undefined if there are none. */
export function jsonOf(properties: readonly Property[]): string | undefined {
  const tree: Tree = {};
  for (const { path, value } of properties) {
    const names = path
      .replace(/^resource\./, '')
      .split('.')
      .map((name) => name.trim())
      .filter(Boolean);
    const last = names.pop();
    if (!last) continue;
    let inner = tree;
    for (const name of names) {
      const next = Object.hasOwn(inner, name) && isTree(inner[name]) ? (inner[name] as Tree) : {};
      inner[name] = next;
      inner = next;
    }
    inner[last] = readValue(value);
  }
  return Object.keys(tree).length > 0 ? JSON.stringify(tree) : undefined;
}
