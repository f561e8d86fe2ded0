import type { Page } from 'playwright-core';

/** Chooses from an open menu by keyboard: a menu that is still being placed moves away from a click. */
export const chooseItem = (page: Page, name: string) =>
  page.locator('[role^=menuitem]').filter({ hasText: name }).press('Enter');
