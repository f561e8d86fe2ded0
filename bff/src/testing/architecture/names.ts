interface Part {
  text: string;
  offset: number;
  /** A name is an identifier, a field, a key, a route or a class; prose is a comment or a string of several words. */
  kind: 'name' | 'prose';
}

const CODE =
  /\/\*[\s\S]*?\*\/|(?<!:)\/\/.*|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`|[A-Za-z_$][\w$]*/g;
const SQL = /--.*|\/\/.*|'(?:''|[^'\n])*'|[A-Za-z_]\w*/g;
const CSS = /\/\*[\s\S]*?\*\/|(?<=[.{])[A-Za-z][\w-]*|--[A-Za-z][\w-]*/g;
const IS_SQL = /\b(SELECT|INSERT INTO|UPDATE|DELETE FROM|FROM|WHERE|AND|JOIN|EXISTS)\b/;
const ONE_NAME = /^[\w.:/{}*$?&=#[\]-]+$/;

/** Names and prose of a source file. */
export function partsOf(path: string, source: string): Part[] {
  const extension = path.slice(path.lastIndexOf('.') + 1);
  if (extension === 'md') return [{ text: source, offset: 0, kind: 'prose' }];
  if (extension === 'css') return tokens(source, CSS);
  if (extension === 'sql' || extension === 'prisma') return tokens(source, SQL);
  return tokens(source, CODE);
}

function tokens(source: string, pattern: RegExp, start = 0): Part[] {
  return [...source.matchAll(pattern)].flatMap(({ 0: token, index }): Part[] => {
    const offset = start + index;
    if (/^(\/\*|\/\/|--[^a-z])/.test(token)) return [{ text: token, offset, kind: 'prose' }];
    if (token.startsWith('`')) return template(token, offset);
    if (!/^['"]/.test(token)) return [{ text: token, offset, kind: 'name' }];
    return [text(token.slice(1, -1), offset + 1)];
  });
}

const text = (value: string, offset: number): Part => ({
  text: value,
  offset,
  kind: ONE_NAME.test(value) ? 'name' : 'prose',
});

/** SQL is read as names; of any other template, what is inserted into it is. */
function template(token: string, offset: number): Part[] {
  if (IS_SQL.test(token)) return tokens(token.slice(1, -1), SQL, offset + 1);
  const holes = [...token.matchAll(/\$\{[^{}]*\}/g)].flatMap((hole) => tokens(hole[0], CODE, offset + hole.index));
  return [
    ...holes,
    text(
      token.slice(1, -1).replace(/\$\{[^{}]*\}/g, (hole) => '_'.repeat(hole.length)),
      offset + 1,
    ),
  ];
}

/** The words of a name: `settleRole`, `settle_role` and `settle-role` are all "settle role". */
export const splitName = (name: string): string =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .split(/[^A-Za-z]+/)
    .join(' ')
    .trim()
    .toLowerCase();
