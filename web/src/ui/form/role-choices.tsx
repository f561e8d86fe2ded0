import './role-choices.css';
import type { Row } from 'bff/contract';
import type { ReactNode } from 'react';
import { useId } from 'react';

type Props = {
  roles: Row<'roles'>[];
  /** Ids of roles. */
  chosen: string[];
  onChange: (chosen: string[]) => void;
  /** Further content of a selected role. */
  more?: (role: Row<'roles'>) => ReactNode;
};

/** A checkbox per role, with its description. */
export function RoleChoices({ roles, ...rest }: Props) {
  return (
    <ul className="role-choices">
      {roles.map((role) => (
        <RoleChoice key={role.id} role={role} {...rest} />
      ))}
    </ul>
  );
}

function RoleChoice({ role, chosen, onChange, more }: Omit<Props, 'roles'> & { role: Row<'roles'> }) {
  const id = useId();
  const ticked = chosen.includes(role.id);
  const toggle = () => onChange(ticked ? chosen.filter((each) => each !== role.id) : [...chosen, role.id]);
  return (
    <li className="role-choice">
      <input id={id} type="checkbox" checked={ticked} onChange={toggle} />
      <label htmlFor={id}>
        <span className="role-choice-name">{role.name}</span>
        <span className="muted">{role.description}</span>
      </label>
      {ticked ? more?.(role) : null}
    </li>
  );
}
