import { ConfigProvider } from 'antd';
import type { Locale as AntdLocale } from 'antd/es/locale';
import type { ReactNode } from 'react';
import { useEffect, useMemo, useState } from 'react';
import { currentLocale } from '../i18n/i18n.ts';
import { antdTheme } from './antd-theme.ts';
import { useShownTheme } from './theme-choice.ts';

const antdMessages = {
  en: () => import('antd/es/locale/en_US'),
  fr: () => import('antd/es/locale/fr_FR'),
};

// Loaded in parallel with the rest of the console.
void antdMessages[currentLocale()]();

/** antd in our colours and the user's language. */
export function Themed({ children }: { children: ReactNode }) {
  const shown = useShownTheme();
  const locale = currentLocale();
  const [antdLocale, setAntdLocale] = useState<AntdLocale>();
  const theme = useMemo(() => antdTheme(shown), [shown]);
  useEffect(() => {
    let wanted = true;
    antdMessages[locale]().then((module) => wanted && setAntdLocale(module.default));
    return () => {
      wanted = false;
    };
  }, [locale]);
  // antd adds a wrapper once it has a locale; a late one would remount the whole console.
  if (!antdLocale) return null;
  return (
    <ConfigProvider
      virtual={false}
      theme={theme}
      locale={antdLocale}
      wave={{ disabled: true }}
      // What opens from a modal sheet has to be inside it, since it covers the rest of the page.
      getPopupContainer={(trigger) => trigger?.closest('dialog') ?? document.body}
    >
      {children}
    </ConfigProvider>
  );
}
