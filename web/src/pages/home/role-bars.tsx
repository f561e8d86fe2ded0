import './role-bars.css';
import { Link } from 'react-router';
import { wholeNumber } from '../../i18n/format.ts';

export type RoleBar = { id: string; name: string; description?: string; users: number; to?: string };

const SHOWN = 8;

/** How many users hold each role, most first. */
export function RoleBars({ bars }: { bars: RoleBar[] }) {
  const shown = [...bars].sort((one, other) => other.users - one.users).slice(0, SHOWN);
  const most = Math.max(1, ...shown.map(({ users }) => users));
  return (
    <ul className="role-bars">
      {shown.map(({ id, name, description, users, to }) => (
        <li key={id}>
          {to ? (
            <Link to={to} title={description}>
              {name}
            </Link>
          ) : (
            <span title={description ?? name}>{name}</span>
          )}
          <span className="numeric">{wholeNumber(users)}</span>
          <span className="role-bar" aria-hidden="true" style={{ '--share': users / most } as React.CSSProperties} />
        </li>
      ))}
    </ul>
  );
}
