import type { Locator, Page } from 'playwright-core';

/** More Tab stops than any page has between two controls. */
const MOST_STOPS = 80;

/** Uses a page as a person without a mouse does: no click and no focus by script. */
export function keyboardOf(page: Page) {
  const { keyboard } = page;
  const hasFocus = async (target: Locator) => (await page.locator(':focus').and(target).count()) > 0;

  /** Waits until a control has the focus, as after a dialog or on a new page. */
  const waitForFocus = (target: Locator) => page.locator(':focus').and(target).waitFor({ state: 'attached' });

  /** Tabs to a control, by as many stops as it takes; each must be in view. */
  async function tabTo(target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
    await target.first().waitFor();
    const stops: string[] = [];
    while (!(await hasFocus(target))) {
      if (stops.length === MOST_STOPS) throw new Error(`${key} never reaches ${target}: ${stops.join(', ')}`);
      await keyboard.press(key);
      stops.push(await page.evaluate(nameOfFocus));
      if (stops.at(-1)?.startsWith('hidden')) throw new Error(`${key} stops at ${stops.join(', ')}`);
    }
  }

  /** Presses the arrow down until an item of a menu has the focus, or a choice whose field keeps it is the selected one. */
  async function arrowTo(item: Locator): Promise<void> {
    await item.waitFor();
    // A menu takes the focus once it stands; an arrow before that would be undone.
    const isMenu = (await item.getAttribute('aria-selected')) === null;
    if (isMenu) await page.locator('[role="menu"]:focus, [role="menu"] :focus').waitFor();
    const isReached = async () => (await hasFocus(item)) || (await item.getAttribute('aria-selected')) === 'true';
    for (let pressed = 0; !(await isReached()); pressed++) {
      if (pressed === MOST_STOPS) throw new Error(`the arrow never reaches ${item}`);
      await keyboard.press('ArrowDown');
      await page.evaluate(nextFrames);
    }
  }

  return {
    waitForFocus,
    tabTo,
    press: (key: string) => keyboard.press(key),
    write: (text: string) => keyboard.type(text),
    /** Tabs to a field and types. */
    async fill(field: Locator, text: string) {
      await tabTo(field);
      await keyboard.type(text);
    },
    /** Tabs to a control and presses it. */
    async use(control: Locator, { key = 'Enter', isBefore = false } = {}) {
      await tabTo(control, isBefore ? 'Shift+Tab' : 'Tab');
      await keyboard.press(key);
    },
    /** Chooses from an open menu or list. */
    async choose(item: Locator) {
      await arrowTo(item);
      await keyboard.press('Enter');
    },
  };
}

/** Menus move the focus in the frame after the key. */
const nextFrames = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));

function nameOfFocus(): string {
  const { activeElement: focus } = document;
  if (!focus) return 'nothing';
  const { left, top, right, bottom } = focus.getBoundingClientRect();
  const isInView = right > 0 && bottom > 0 && left < innerWidth && top < innerHeight;
  const name = focus.getAttribute('aria-label') ?? focus.textContent?.trim().slice(0, 30);
  return `${isInView ? '' : 'hidden '}${focus.tagName.toLowerCase()} ${name}`;
}
