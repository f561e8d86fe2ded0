/** JSON.parse() passes the text of each number as the third argument, which its type does not know yet. */
type Reviver = (key: string, value: unknown, context: { source?: string }) => unknown;

/**
 * Parses JSON. A number that JavaScript would round, such as 9007199254740993 or 1e400, becomes NaN, which no schema accepts: a
 * comparison must not succeed for a neighbour of the number that was sent. Throws SyntaxError.
 */
export function parseJson(text: string): unknown {
  const keepExact: Reviver = (_key, value, { source }) =>
    typeof value === 'number' && !isExact(source ?? '', value) ? Number.NaN : value;
  return JSON.parse(text, keepExact as (key: string, value: unknown) => unknown);
}

/** Longer spellings of a number are refused, and not compared at length. */
const MAX_CHARACTERS = 100;

const isExact = (source: string, value: number) =>
  source.length <= MAX_CHARACTERS && Number.isFinite(value) && digitsOf(source) === digitsOf(String(value));

/** Returns the same text for all spellings of one number: 1.50, 15e-1 and 1.5. */
function digitsOf(number: string): string {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/i.exec(number) ?? [];
  const digits = `${whole}${fraction}`.replace(/^0+/, '');
  const significant = digits.replace(/0+$/, '');
  if (significant === '') return '0';
  return `${sign}${significant}e${Number(exponent) - fraction.length + digits.length - significant.length}`;
}

/** Whether PostgreSQL can store all text in a parsed value, keys included: without NUL and without half of a surrogate pair. */
export function isStorable(value: unknown): boolean {
  let level: unknown[] = [value];
  while (level.length > 0) {
    if (level.some((item) => typeof item === 'string' && !isStorableText(item))) return false;
    level = level.flatMap((item) => (typeof item === 'object' && item !== null ? Object.entries(item).flat() : []));
  }
  return true;
}

export const isStorableText = (text: string): boolean => text.isWellFormed() && !text.includes('\0');

/** Whether arrays and objects are nested on more levels than these. Level by level, because recursion would overflow on hostile input. */
export function isDeeperThan(levels: number, value: unknown): boolean {
  let level = [value].filter(isContainer);
  for (let depth = 0; level.length > 0; depth++) {
    if (depth === levels) return true;
    level = level.flatMap((item) => Object.values(item)).filter(isContainer);
  }
  return false;
}

const isContainer = (value: unknown): value is object => typeof value === 'object' && value !== null;
