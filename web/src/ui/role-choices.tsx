import './role-choices.css';
import type { Row } from 'bff/contract';
import { useId } from 'react';
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
  const { t } = useI18n();
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
        <span className="role-until">
          {t('role.until')}
          <input
            type="date"
            aria-label={t('role.until_label', { role: role.name })}
            min={new Date(Date.now() + 86_400_000).toISOString().slice(0, 10)}
            value={until?.slice(0, 10) ?? ''}
            onChange={(event) => onChange({ ...chosen, [role.id]: endOfDay(event.target.value) })}
          />
        </span>
      ) : null}
    </li>
  );
}

const endOfDay = (day: string) => (day === '' ? null : new Date(`${day}T23:59:59`).toISOString());
