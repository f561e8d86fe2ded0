import './user-menu.css';
import { useGetIdentity, useLogout } from '@refinedev/core';
import type { MenuProps } from 'antd';
import { Dropdown } from 'antd';
import type { Me } from 'bff/contract';
import { chooseLocale, LOCALE_NAMES, LOCALES, useI18n } from '../i18n/i18n.ts';
import { identity } from '../providers/auth/identity.ts';
import type { ThemeChoice } from '../theme/theme-choice.ts';
import { chooseTheme, useThemeChoice } from '../theme/theme-choice.ts';
import { Avatar } from '../ui/chips/user-chip.tsx';
import { Icon } from '../ui/icon.tsx';
import { popupContainer } from './popup-container.ts';

const THEMES: ThemeChoice[] = ['system', 'light', 'dark'];

/** On a narrow screen this menu is inside a modal sheet, which would cover the dialog. */
function openAboveSheet(open: () => void) {
  for (const sheet of document.querySelectorAll<HTMLDialogElement>('dialog[open]')) sheet.close();
  open();
}

/** The signed-in user; theme, language, sign out. */
export function UserMenu() {
  const { t, locale } = useI18n();
  const { data: user } = useGetIdentity<Me['user']>();
  const theme = useThemeChoice();
  const { mutate: signOut } = useLogout();
  const { openAccount } = identity();
  if (!user) return null;
  const name = user.name || user.email || user.id;

  const choice = (key: string, label: string, chosen: boolean, onClick: () => void) => ({
    key,
    label,
    onClick,
    icon: <span className="menu-check">{chosen ? <Icon name="check" size={16} /> : null}</span>,
    'aria-checked': chosen,
    role: 'menuitemradio',
  });
  const items: MenuProps['items'] = [
    {
      type: 'group',
      label: t('shell.theme'),
      children: THEMES.map((each) => choice(each, t(`shell.theme_${each}`), each === theme, () => chooseTheme(each))),
    },
    {
      type: 'group',
      label: t('entry.language'),
      children: LOCALES.map((each) => choice(each, LOCALE_NAMES[each], each === locale, () => void chooseLocale(each))),
    },
    { type: 'divider' },
    ...(openAccount ? [{ key: 'account', label: t('shell.account'), onClick: () => openAboveSheet(openAccount) }] : []),
    { key: 'sign-out', label: t('entry.sign_out'), onClick: () => signOut() },
  ];
  return (
    <Dropdown
      menu={{ items }}
      trigger={['click']}
      placement="topLeft"
      getPopupContainer={popupContainer}
      overlayClassName="user-menu"
    >
      <button type="button" className="user-button">
        <Avatar id={user.id} name={name} imageUrl={user.imageUrl} size="row" />
        <span className="user-button-text">
          <span>{name}</span>
          {user.email && user.email !== name ? <span className="muted">{user.email}</span> : null}
        </span>
        <span className="visually-hidden">{t('shell.user_menu')}</span>
        <Icon name="updown" size={16} />
      </button>
    </Dropdown>
  );
}
