import './audit.css';
import { formatList, shortTime } from '../../i18n/format.ts';
import { t } from '../../i18n/i18n.ts';
import { roleName } from '../../i18n/role-name.ts';
import { formatConditions, isConditionsByCode } from '../chips/condition-labels.ts';
import { fieldLabel } from './labels.ts';

type Side = Record<string, unknown> | null;

/** No value, or an empty text, list or object. */
function isNothing(value: unknown): value is null | undefined {
  return (value ?? '') === '' || (typeof value === 'object' && Object.keys(value as object).length === 0);
}

/** Formats a stored value: names instead of ids, local dates. */
export function formatValue(value: unknown): string {
  if (isNothing(value)) return t('diff.nothing');
  if (typeof value === 'boolean') return t(value ? 'diff.yes' : 'diff.no');
  if (Array.isArray(value)) return formatList(value.map(formatValue));
  if (typeof value === 'object') {
    if ('name' in value && typeof value.name === 'string') return roleName(value as { name: string });
    return 'code' in value && typeof value.code === 'string' ? value.code : JSON.stringify(value);
  }
  const text = String(value);
  return /^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)$/.test(text) ? shortTime(text) : text;
}

/** Returns the labels of a list's elements, to compare two lists. */
function elements(value: unknown): string[] | undefined {
  if (isConditionsByCode(value)) {
    return Object.entries(value).map(([code, terms]) =>
      t('condition.of', { code, conditions: formatConditions(terms) }),
    );
  }
  return Array.isArray(value) ? value.map(formatValue) : undefined;
}

/** Before and after by field; in lists, added and removed elements. */
export function FieldDiff({ before, after, titles }: { before: Side; after: Side; titles?: [string, string] }) {
  const fields = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  return (
    <table className="field-diff">
      <thead>
        <tr>
          <th scope="col">{t('diff.field')}</th>
          <th scope="col">{titles?.[0] ?? t('diff.before')}</th>
          <th scope="col">{titles?.[1] ?? t('diff.after')}</th>
        </tr>
      </thead>
      <tbody>
        {fields.map((field) => (
          <tr key={field}>
            <th scope="row">{fieldLabel(field)}</th>
            <Cell value={before?.[field]} other={after?.[field]} kind="before" />
            <Cell value={after?.[field]} other={before?.[field]} kind="after" />
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Cell({ value, other, kind }: { value: unknown; other: unknown; kind: 'before' | 'after' }) {
  const list = elements(value);
  if (!list || list.length === 0) {
    const changed = JSON.stringify(value) !== JSON.stringify(other);
    return <td className={isNothing(value) ? 'muted' : changed ? `diff-${kind}` : undefined}>{formatValue(value)}</td>;
  }
  const rest = new Set(elements(other));
  return (
    <td>
      <ul>
        {list.map((element) => (
          <li key={element} className={rest.has(element) ? undefined : `diff-${kind}`}>
            {element}
          </li>
        ))}
      </ul>
    </td>
  );
}
