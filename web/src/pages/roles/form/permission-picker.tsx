import { SearchField } from '../../../ui/form/search-field.tsx';
import './permission-picker.css';
import type { Row } from 'bff/contract';
import { useId, useState } from 'react';
import { useFold } from '../../../core/fold.ts';
import { byResource } from '../../../features/permissions/use-catalogue.ts';
import { wholeNumber } from '../../../i18n/format.ts';
import { useI18n } from '../../../i18n/i18n.ts';
import { PermissionGroup } from './permission-group.tsx';
import type { Picking } from './picking.ts';

type Props = Picking & { catalogue: Row<'permissions'>[]; error: string | undefined };

/** Selects permissions of the catalogue, grouped by resource, with a search. */
export function PermissionPicker({ catalogue, error, ...picking }: Props) {
  const { t } = useI18n();
  const fold = useFold();
  const id = useId();
  const [q, setQ] = useState('');
  const { chosen } = picking;
  const text = fold(q.trim());
  const offered = catalogue.filter((permission) => !permission.retiredAt || chosen.includes(permission.code));
  const found = offered.filter(({ code, description }) => fold(`${code} ${description}`).includes(text));
  return (
    <fieldset className="picker-field" aria-describedby={error ? `${id}-error` : undefined}>
      <legend className="form-label">{t('roles.pick')}</legend>
      <div className="picker-head">
        <SearchField value={q} label={t('roles.pick_search')} onChange={setQ} />
        <span className="muted numeric" aria-live="polite">
          {t('roles.picked', { count: chosen.length, n: wholeNumber(chosen.length) })}
        </span>
      </div>
      {error ? (
        <p id={`${id}-error`} className="form-field-error" role="alert">
          {error}
        </p>
      ) : null}
      {offered.length === 0 ? <p className="muted picker-nothing">{t('roles.pick_empty')}</p> : null}
      {offered.length > 0 && found.length === 0 ? (
        <p className="muted picker-nothing">{t('roles.pick_none', { q: q.trim() })}</p>
      ) : null}
      {byResource(found).map((group) => (
        <PermissionGroup key={group.resource} {...group} {...picking} />
      ))}
    </fieldset>
  );
}
