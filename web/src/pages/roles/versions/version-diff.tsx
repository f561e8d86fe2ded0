import type { RoleVersion } from 'bff/contract';
import { t } from '../../../i18n/i18n.ts';
import { FieldDiff } from '../../../ui/audit/field-diff.tsx';

type Field = keyof RoleVersion['snapshot'];

/** The fields that differ between two versions. */
export function differences(before: RoleVersion, after: RoleVersion): Field[] {
  const value = ({ snapshot }: RoleVersion, field: Field) => JSON.stringify(snapshot[field]);
  return (Object.keys(after.snapshot) as Field[]).filter((field) => value(before, field) !== value(after, field));
}

/** Two versions side by side. */
export function VersionDiff({ before, after }: { before: RoleVersion; after: RoleVersion }) {
  const fields = differences(before, after);
  const side = ({ snapshot }: RoleVersion) => Object.fromEntries(fields.map((field) => [field, snapshot[field]]));
  return (
    <div aria-live="polite">
      {fields.length === 0 ? (
        <p className="muted">{t('roles.versions_same')}</p>
      ) : (
        <FieldDiff
          before={side(before)}
          after={side(after)}
          titles={[t('roles.version_n', { n: before.number }), t('roles.version_n', { n: after.number })]}
        />
      )}
    </div>
  );
}
