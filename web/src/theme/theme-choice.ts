import { readStored, store } from '../core/browser-storage.ts';
import { createStore } from '../core/store.ts';

const CHOICES = ['system', 'light', 'dark'] as const;
export type ThemeChoice = (typeof CHOICES)[number];

const KEY = 'rolecall.theme';
const systemIsDark = matchMedia('(prefers-color-scheme: dark)');
const stored = readStored(KEY);
const choice = createStore<ThemeChoice>(CHOICES.find((each) => each === stored) ?? 'system');
const themeOf = (chosen: ThemeChoice) => (chosen === 'system' ? (systemIsDark.matches ? 'dark' : 'light') : chosen);
const shown = createStore<'light' | 'dark'>(themeOf(choice.get()));

function apply() {
  const theme = themeOf(choice.get());
  // antd's theme reads the colours of the document.
  document.documentElement.dataset.theme = theme;
  shown.set(theme);
}
systemIsDark.addEventListener('change', apply);

/** Stores the choice in this browser and applies it. */
export function chooseTheme(next: ThemeChoice) {
  store(KEY, next);
  choice.set(next);
  apply();
}

/** The user's choice: system, light or dark. */
export const useThemeChoice = choice.use;

/** The theme in effect: light or dark. */
export const useShownTheme = shown.use;
