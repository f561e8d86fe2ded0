import type { SyncDrift } from 'bff/contract';
import { formatList } from '../../../i18n/format.ts';
import { hasMessage, t, useI18n } from '../../../i18n/i18n.ts';

type Field = SyncDrift['fields'][number];

function nameOf(field: string) {
  const key = `field.${field}`;
  return hasMessage(key) ? t(key) : field;
}

/** Formats role keys and states as they are, and a missing value as such. */
function formatValue(value: unknown, field: string): string {
  if (Array.isArray(value)) return value.length === 0 ? t('sync.drift_no_role') : value.map(String).join(', ');
  if (typeof value === 'boolean') return t(value ? 'diff.yes' : 'diff.no');
  if (value === null || value === undefined || value === '')
    return t(field === 'identityRole' ? 'sync.drift_no_role' : 'sync.drift_none');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** The differing fields: our value and the provider's; personal fields only by name. */
export function DriftFields({ fields }: { fields: Field[] }) {
  useI18n();
  if (fields.length === 0) return null;
  const isUnchanged = (field: Field) => 'ours' in field || 'theirs' in field;
  const personal = fields.filter((field) => !isUnchanged(field)).map(({ field }) => nameOf(field));
  return (
    <dl className="drift-fields">
      {fields.filter(isUnchanged).map(({ field, ours, theirs }) => (
        <div key={field}>
          <dt>{nameOf(field)}</dt>
          <dd>
            <span className="muted">{t('sync.drift_local')}</span> {formatValue(ours, field)}{' '}
            <span className="muted">· {t('sync.drift_provider')}</span> {formatValue(theirs, field)}
          </dd>
        </div>
      ))}
      {personal.length > 0 ? (
        <div>
          <dt>{formatList(personal)}</dt>
          <dd className="muted">{t('sync.drift_value_not_stored')}</dd>
        </div>
      ) : null}
    </dl>
  );
}
