import { useGetIdentity, useLogout, useTranslation } from '@refinedev/core';
import { Dropdown } from 'antd';
import type { Me } from 'bff/contract';
import { useRef } from 'react';
import { LOCALE_NAMES, LOCALES, t } from '../i18n/i18n.ts';
import { identity } from '../providers/auth/identity.ts';
import type { ThemeChoice } from '../theme/theme-choice.ts';
import { chooseTheme, useThemeChoice } from '../theme/theme-choice.ts';
import { Avatar } from '../ui/chips/user-chip.tsx';
import { userName } from '../ui/chips/user-name.ts';
import { Icon } from '../ui/icon.tsx';

const THEMES: ThemeChoice[] = ['system', 'light', 'dark'];

/** On a narrow screen this menu is inside a modal sheet, which would cover the dialog. */
function openAboveSheet(open: () => void) {
  for (const sheet of document.querySelectorAll<HTMLDialogElement>('dialog[open]')) sheet.close();
  open();
}

const choice = (key: string, label: string, chosen: boolean, onClick: () => void) => ({
  key,
  label,
  onClick,
  icon: (
    <span className="row" style={{ visibility: chosen ? 'visible' : 'hidden' }}>
      <Icon name="check" size={16} />
    </span>
  ),
  'aria-checked': chosen,
  role: 'menuitemradio',
});

/** The signed-in user; theme, language, sign out. */
export function UserMenu() {
  const { getLocale, changeLocale } = useTranslation();
  const { data: user } = useGetIdentity<Me['user']>();
  const theme = useThemeChoice();
  const { mutate: signOut } = useLogout();
  const { openAccount } = identity();
  const button = useRef<HTMLButtonElement>(null);
  if (!user) return null;
  const name = userName(user);
  const items = [
    {
      key: 'theme',
      type: 'group' as const,
      label: t('shell.theme'),
      children: THEMES.map((each) => choice(each, t(`shell.theme_${each}`), each === theme, () => chooseTheme(each))),
    },
    {
      key: 'language',
      type: 'group' as const,
      label: t('entry.language'),
      children: LOCALES.map((each) =>
        choice(each, LOCALE_NAMES[each], each === getLocale(), () => void changeLocale(each)),
      ),
    },
    { key: 'line', type: 'divider' as const },
    ...(openAccount ? [{ key: 'account', label: t('shell.account'), onClick: () => openAboveSheet(openAccount) }] : []),
    { key: 'sign-out', label: t('entry.sign_out'), onClick: () => signOut() },
  ];
  return (
    <Dropdown
      menu={{ items }}
      trigger={['click']}
      placement="topLeft"
      autoFocus
      // Later, or the Enter that chose would press the button.
      onOpenChange={(_, { source }) => source === 'menu' && setTimeout(() => button.current?.focus())}
    >
      <button ref={button} type="button" className="side-button side-user row" aria-haspopup="menu">
        <Avatar id={user.id} name={name} imageUrl={user.imageUrl} size="row" />
        <span className="side-lines">
          <bdi className="clip">{name}</bdi>
          {user.email && user.email !== name ? <span className="muted clip">{user.email}</span> : null}
        </span>
        <span className="visually-hidden">{t('shell.user_menu')}</span>
        <Icon name="updown" size={16} />
      </button>
    </Dropdown>
  );
}
