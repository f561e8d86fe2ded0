import type { Term } from '../../access/conditions.ts';

// biome-ignore lint/suspicious/noExplicitAny: conditions read any JSON
const look = (context: any, path: string): any => path.split('.').reduce((at, key) => at?.[key], context);
const kind = (value: unknown) => (['string', 'number', 'boolean'].includes(typeof value) ? typeof value : null);

/** Tells whether a term is met, independently of the database. */
export function conditionsMet({ attribute, operator, value }: Term, context: object): boolean {
  const have = look(context, attribute);
  const want = typeof value === 'object' && 'attribute' in value ? look(context, value.attribute) : value;
  if (operator === 'in' || operator === 'notIn') {
    if (!kind(have) || !Array.isArray(want)) return false;
    return operator === 'in' ? want.includes(have) : want.every((one) => typeof one === typeof have && one !== have);
  }
  if (operator === 'contains') {
    return Array.isArray(have)
      ? kind(want) !== null && have.includes(want)
      : kind(have) === 'string' && kind(want) === 'string' && have.includes(want);
  }
  if (!kind(have) || kind(have) !== kind(want)) return false;
  if (operator === 'equals' || operator === 'notEquals') return (have === want) === (operator === 'equals');
  if (kind(have) === 'boolean') return false;
  return { lessThan: have < want, atMost: have <= want, greaterThan: have > want, atLeast: have >= want }[operator];
}
