import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { LAYER } from './walk.ts';

/** Returns the violations of every level: in what opened last above the page, else in the whole page. */
export async function violationsOn(page: Page): Promise<string[]> {
  // Evaluated from outside: the page itself allows no inline script.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  return page.evaluate(
    async (layer) => {
      // Colours between two states have too little contrast.
      const fades = document
        .getAnimations()
        .filter(({ effect }) => effect?.getComputedTiming().iterations !== Infinity);
      await Promise.allSettled(fades.map(({ finished }) => finished));
      const open = [...document.querySelectorAll(layer)].filter((each) => each.checkVisibility()).at(-1);
      // The rows of a list are alike.
      const context = { include: open ?? document, exclude: [':is(tr, li):nth-child(n + 11)'] };
      // biome-ignore lint/suspicious/noExplicitAny: axe is a global of the page
      const { violations } = await (window as any).axe.run(context, { resultTypes: ['violations'] });
      return violations.map(
        ({ id, impact, nodes }: { id: string; impact: string; nodes: { html: string }[] }) =>
          `${id} (${impact}): ${nodes.map(({ html }) => html.slice(0, 160)).join(' ')}`,
      );
    },
    LAYER.replace(':visible', ''),
  );
}
