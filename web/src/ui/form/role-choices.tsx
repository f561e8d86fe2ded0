import './role-choices.css';
import { Checkbox } from 'antd';
import type { Row } from 'bff/contract';
import type { ReactNode } from 'react';
import { roleDescription, roleName } from '../../i18n/role-name.ts';

type Props = {
  roles: Row<'roles'>[];
  /** Ids of the selected roles; Form.Item sets it. */
  value?: string[];
  onChange?: (ids: string[]) => void;
  /** Renders more inputs for a selected role. */
  more?: (role: Row<'roles'>) => ReactNode;
};

/** A checkbox per role, with its description. */
export function RoleChoices({ roles, value = [], onChange, more }: Props) {
  return (
    <ul className="role-choices">
      {roles.map((role) => {
        const isChosen = value.includes(role.id);
        const toggled = isChosen ? value.filter((each) => each !== role.id) : [...value, role.id];
        return (
          <li key={role.id}>
            <Checkbox checked={isChosen} onChange={() => onChange?.(toggled)}>
              <bdi className="role-choice-name">{roleName(role)}</bdi>
              <span className="muted">{roleDescription(role)}</span>
            </Checkbox>
            {isChosen ? more?.(role) : null}
          </li>
        );
      })}
    </ul>
  );
}
