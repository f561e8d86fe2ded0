import './role-dates.css';
import type { MemberRole } from 'bff/contract';
import { useState } from 'react';
import { longDate, timeZone } from '../../i18n/format.ts';
import { t } from '../../i18n/i18n.ts';
import { DateField } from '../../ui/form/date-field.tsx';
import type { Period } from './role-days.ts';
import { endsBeforeStart, extended, isLater, tomorrow } from './role-days.ts';

type Props = {
  name: string;
  /** The current assignment, if any. */
  held: MemberRole | undefined;
  period: Period;
  onChange: (period: Period) => void;
};

/** Optional dates of an assignment; without them it starts now and does not expire. */
export function RoleDates({ name, held, period, onChange }: Props) {
  const [asked, setAsked] = useState(period.from !== null || period.until !== null);
  if (!asked) {
    return (
      <button type="button" className="text-button" onClick={() => setAsked(true)}>
        {t('role.set_dates')}
      </button>
    );
  }
  const hasBegun = held !== undefined && !isLater(held.validFrom);
  const { validFrom, validUntil } = held ?? {};
  const isHeldEnd = validFrom && validUntil && period.until === validUntil;
  const later = isHeldEnd ? extended({ from: validFrom, until: validUntil }) : undefined;
  return (
    <fieldset className="role-dates" aria-label={t('role.dates_of', { role: name })}>
      {hasBegun ? (
        <span className="muted">{t('role.since', { day: longDate(held.validFrom) })}</span>
      ) : (
        <span className="row">
          {t('role.from')}
          <DateField
            edge="start"
            label={t('role.from')}
            min={tomorrow()}
            value={period.from}
            onChange={(from) => onChange({ ...period, from })}
          />
        </span>
      )}
      <span className="row">
        {t('role.until')}
        <DateField
          edge="end"
          label={t('role.until')}
          min={period.from ?? new Date().toISOString()}
          value={period.until}
          isInvalid={endsBeforeStart(period)}
          onChange={(until) => onChange({ ...period, until })}
        />
      </span>
      {later ? (
        <button type="button" className="text-button" onClick={() => onChange({ ...period, until: later })}>
          {t('role.extend_to', { day: longDate(later) })}
        </button>
      ) : null}
      {period.until ? (
        <button type="button" className="text-button" onClick={() => onChange({ ...period, until: null })}>
          {t('role.no_end')}
        </button>
      ) : null}
      <span className={endsBeforeStart(period) ? 'text-bad' : 'muted'}>
        {endsBeforeStart(period) ? t('role.dates_backwards') : t('role.dates_zone', { zone: timeZone() })}
      </span>
    </fieldset>
  );
}
