import type { ThemeConfig } from 'antd';
import { theme } from 'antd';

type Tokens = NonNullable<ThemeConfig['token']>;

const named: Partial<Record<keyof Tokens, string>> = {
  colorPrimary: 'accent',
  colorPrimaryHover: 'accent-strong',
  colorLink: 'accent-text',
  colorLinkHover: 'accent-text',
  colorLinkActive: 'accent-text',
  colorText: 'text',
  colorTextSecondary: 'text-secondary',
  colorTextTertiary: 'text-tertiary',
  colorTextDescription: 'text-secondary',
  colorTextPlaceholder: 'text-tertiary',
  colorBgBase: 'surface',
  colorBgContainer: 'surface',
  colorBgElevated: 'surface-raised',
  colorBgLayout: 'canvas',
  colorBorder: 'line-strong',
  colorBorderSecondary: 'line',
  colorError: 'bad',
  colorWarning: 'warn',
  colorSuccess: 'good',
  colorErrorBg: 'bad-soft',
  colorErrorBorder: 'bad-soft',
  colorWarningBg: 'warn-soft',
  colorWarningBorder: 'warn-soft',
  colorSuccessBg: 'good-soft',
  colorSuccessBorder: 'good-soft',
  colorInfo: 'accent-text',
  colorInfoBg: 'hover',
  colorInfoBorder: 'hover',
};

/** The colours of our variables in the theme that is shown: antd derives others from them. */
function shownColours() {
  const probe = document.body.appendChild(document.createElement('i'));
  const colours = Object.entries(named).map(([token, name]) => {
    probe.style.color = `var(--${name})`;
    return [token, getComputedStyle(probe).color] as const;
  });
  probe.remove();
  return Object.fromEntries(colours.filter(([, colour]) => colour.startsWith('rgb')));
}

/** antd's theme, read from the same variables as our own style sheets. */
export function antdTheme(shown: 'light' | 'dark'): ThemeConfig {
  return {
    algorithm: shown === 'dark' ? theme.darkAlgorithm : theme.defaultAlgorithm,
    token: {
      ...shownColours(),
      fontFamily: 'var(--font)',
      fontSize: 14,
      borderRadius: 7,
      controlHeight: 34,
      motionDurationFast: '0.06s',
      motionDurationMid: '0.1s',
      motionDurationSlow: '0.14s',
      boxShadowSecondary: 'var(--shadow)',
      wireframe: false,
    },
    components: {
      Button: {
        primaryShadow: 'none',
        defaultShadow: 'none',
        dangerShadow: 'none',
        dangerColor: 'var(--on-bad)',
        defaultHoverColor: 'var(--accent-text)',
        defaultHoverBorderColor: 'var(--accent-text)',
        defaultActiveColor: 'var(--accent-text)',
        fontWeight: 500,
        paddingInline: 13,
      },
      Slider: {
        handleColor: 'var(--accent-text)',
        trackBg: 'var(--accent)',
        railBg: 'var(--line-strong)',
      },
      Segmented: { trackBg: 'var(--hover)', itemSelectedBg: 'var(--surface)' },
      Tag: { defaultBg: 'var(--hover)' },
      Modal: { titleFontSize: 17, contentBg: 'var(--surface-raised)', headerBg: 'transparent' },
      Checkbox: { colorBorder: 'var(--text-tertiary)' },
      Radio: { colorBorder: 'var(--text-tertiary)' },
      Form: { labelColor: 'var(--text-secondary)', verticalLabelPadding: '0 0 4px', itemMarginBottom: 18 },
    },
  };
}
