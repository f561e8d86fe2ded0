import { useGetIdentity } from '@refinedev/core';
import type { Me } from 'bff/contract';
import { t } from '../i18n/i18n.ts';
import { Avatar } from '../ui/chips/user-chip.tsx';
import { userName } from '../ui/chips/user-name.ts';
import { lazyPart } from '../ui/feedback/lazy.tsx';
import { type DrawButton, Face } from '../ui/form/face.tsx';
import { Icon } from '../ui/icon.tsx';

const UserDropdown = lazyPart(() => import('./user-dropdown.tsx'));

/** The signed-in user; opens the menu. */
export function UserMenu() {
  const { data: user } = useGetIdentity<Me['user']>();
  if (!user) return null;
  const name = userName(user);
  const button: DrawButton = (props) => (
    <button {...props} type="button" className="side-button side-user row" aria-haspopup="menu">
      <Avatar id={user.id} name={name} imageUrl={user.imageUrl} size="row" />
      <span className="side-lines">
        <bdi className="clip">{name}</bdi>
        {user.email && user.email !== name ? <span className="muted clip">{user.email}</span> : null}
      </span>
      <span className="visually-hidden">{t('shell.user_menu')}</span>
      <Icon name="updown" size={16} />
    </button>
  );
  return (
    <Face button={button} load={UserDropdown.prefetch}>
      <UserDropdown button={button} />
    </Face>
  );
}
