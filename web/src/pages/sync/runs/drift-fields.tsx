import type { SyncDrift } from 'bff/contract';
import { hasMessage, t, useI18n } from '../../../i18n/i18n.ts';

type Field = SyncDrift['fields'][number];

function nameOf(field: string) {
  const key = `field.${field}`;
  return hasMessage(key) ? t(key) : field;
}

/** Role keys and states as they are; a missing value says so. */
function inPlainWords(value: unknown, field: string): string {
  if (Array.isArray(value)) return value.length === 0 ? t('sync.drift_no_role') : value.map(String).join(', ');
  if (typeof value === 'boolean') return t(value ? 'diff.yes' : 'diff.no');
  if (value === null || value === undefined || value === '')
    return t(field === 'identityRole' ? 'sync.drift_no_role' : 'sync.drift_nothing');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** What differs, field by field: ours, theirs; of personal fields only that they differ. */
export function DriftFields({ fields }: { fields: Field[] }) {
  useI18n();
  if (fields.length === 0) return null;
  return (
    <dl className="drift-fields">
      {fields.map((one) => (
        <div key={one.field}>
          <dt>{nameOf(one.field)}</dt>
          {'ours' in one || 'theirs' in one ? (
            <dd>
              <span className="quiet">{t('sync.drift_ours')}</span> <span>{inPlainWords(one.ours, one.field)}</span>
              {' · '}
              <span className="quiet">{t('sync.drift_theirs')}</span> <span>{inPlainWords(one.theirs, one.field)}</span>
            </dd>
          ) : (
            <dd className="quiet">{t('sync.drift_not_kept')}</dd>
          )}
        </div>
      ))}
    </dl>
  );
}
