import './role-choices.css';
import type { Row } from 'bff/contract';
import { useId, useState } from 'react';
import { timeZone } from '../i18n/format.ts';
import { useI18n } from '../i18n/i18n.ts';

/** Role id to when it ends (null: it stays). */
export type Chosen = Record<string, string | null>;

type Props = {
  roles: Row<'roles'>[];
  chosen: Chosen;
  onChange: (chosen: Chosen) => void;
  /** Offers a last day for each chosen role. */
  withUntil?: boolean;
};

/** Roles to tick, each with what it is for and, if wanted, its last day. */
export function RoleChoices({ roles, ...rest }: Props) {
  return (
    <ul className="role-choices">
      {roles.map((role) => (
        <RoleChoice key={role.id} role={role} {...rest} />
      ))}
    </ul>
  );
}

function RoleChoice({ role, chosen, onChange, withUntil = false }: Omit<Props, 'roles'> & { role: Row<'roles'> }) {
  const id = useId();
  const ticked = role.id in chosen;
  const until = chosen[role.id];

  function toggle() {
    const { [role.id]: _taken, ...rest } = chosen;
    onChange(ticked ? rest : { ...chosen, [role.id]: null });
  }

  return (
    <li className="role-choice">
      <input id={id} type="checkbox" checked={ticked} onChange={toggle} />
      <label htmlFor={id}>
        <span className="role-choice-name">{role.name}</span>
        <span className="quiet">{role.description}</span>
      </label>
      {ticked && withUntil ? (
        <RoleEnd role={role} until={until} onChange={(next) => onChange({ ...chosen, [role.id]: next })} />
      ) : null}
    </li>
  );
}

type EndProps = { role: Row<'roles'>; until: string | null | undefined; onChange: (until: string | null) => void };

/** Roles stay until taken; a last day is set only where somebody asks for one. */
function RoleEnd({ role, until, onChange }: EndProps) {
  const { t } = useI18n();
  const [asked, setAsked] = useState(Boolean(until));
  if (!asked) {
    return (
      <button type="button" className="text-button role-set-until" onClick={() => setAsked(true)}>
        {t('role.set_until')}
      </button>
    );
  }
  return (
    <span className="role-until">
      {t('role.until')}
      <input
        type="date"
        aria-label={t('role.until_label', { role: role.name })}
        min={dayOf(new Date(Date.now() + DAY))}
        value={until ? dayOf(new Date(until)) : ''}
        onChange={(event) => onChange(endOfDay(event.target.value))}
      />
      <span className="quiet">{t('role.until_zone', { zone: timeZone() })}</span>
    </span>
  );
}

const DAY = 86_400_000;
const two = (value: number) => String(value).padStart(2, '0');
const dayOf = (date: Date) => `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
const endOfDay = (day: string) => (day === '' ? null : new Date(`${day}T23:59:59`).toISOString());
