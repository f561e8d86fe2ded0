import { useLogout, useTranslation } from '@refinedev/core';
import { Dropdown } from 'antd';
import { useRef, useState } from 'react';
import { LOCALE_NAMES, LOCALES, t } from '../i18n/i18n.ts';
import { identity } from '../providers/auth/identity.ts';
import type { ThemeChoice } from '../theme/theme-choice.ts';
import { chooseTheme, useThemeChoice } from '../theme/theme-choice.ts';
import type { DrawButton } from '../ui/form/face.tsx';
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

/** The user menu, opened: theme, language, sign out. */
export default function UserDropdown({ button }: { button: DrawButton }) {
  const { getLocale, changeLocale } = useTranslation();
  const theme = useThemeChoice();
  const { mutate: signOut } = useLogout();
  const { openAccount } = identity();
  const [isOpen, setOpen] = useState(true);
  const trigger = useRef<HTMLButtonElement>(null);
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
      open={isOpen}
      onOpenChange={(next, { source }) => {
        setOpen(next);
        // Later, or the Enter that chose would press the button.
        if (source === 'menu') setTimeout(() => trigger.current?.focus());
      }}
    >
      {button({ ref: trigger })}
    </Dropdown>
  );
}
