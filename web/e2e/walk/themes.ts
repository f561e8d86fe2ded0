import type { Page } from 'playwright-core';

export const THEMES = ['light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];
export const SIZES = { wide: { width: 1280, height: 860 }, narrow: { width: 390, height: 844 } };
export type Size = keyof typeof SIZES;

/** Shows what is on screen in a theme. */
export async function showTheme(page: Page, theme: Theme) {
  await page.emulateMedia({ colorScheme: theme });
  // Pages before the console read the theme once, when they load.
  await page.evaluate(async (shown) => {
    document.documentElement.dataset.theme = shown;
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    // antd fades from one colour to the other.
    const fades = document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().iterations !== Infinity);
    await Promise.allSettled(fades.map(({ finished }) => finished));
  }, theme);
}
