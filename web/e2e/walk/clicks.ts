import type { Locator, Page } from 'playwright-core';

/** Counts what a person clicks; the page is used by these clicks and by typing alone. */
export function clicksOf(page: Page) {
  let count = 0;
  return {
    get count() {
      return count;
    },
    async click(target: Locator) {
      await target.first().click();
      count += 1;
    },
    /** Types where the focus is. */
    type: (text: string) => page.keyboard.type(text),
    press: (key: string) => page.keyboard.press(key),
  };
}
