import type { Page } from 'playwright-core';

export interface View {
  name: string;
  path: string;
  /** The page is that of the first record of this list. */
  firstOf?: string;
  /** Who is signed in. */
  as: string | null;
}

/** What opens above a page: dialogs, menus, antd's lists of choices and calendars. */
export const LAYER =
  ':is([role="dialog"], dialog[open], .ant-dropdown, .ant-popover, .ant-select-dropdown, .ant-picker-dropdown):visible';
/** Buttons say what they open, so the walk finds every dialog and menu. */
const OPENER = '[aria-haspopup]:not([aria-disabled="true"], [disabled], input, [role="combobox"]):visible';

export type Walk = {
  url: string;
  views: View[];
  signIn?: (page: Page, as: string | null) => Promise<void>;
  /** Names of what is not opened. */
  skip?: RegExp;
};

/**
 * Opens every view, and in it every dialog and menu that one click opens. Yields the name of what is on screen. Views of one user
 * are reached as by links, so that the console is loaded once.
 */
export async function* walk(page: Page, { url, views, signIn, skip }: Walk) {
  const seen = new Set<string>();
  const asked = requestsOf(page);
  let user: string | null | undefined;
  for (const view of views) {
    const isLoaded = user === view.as && view.as !== null;
    if (user !== view.as) {
      // A page that still shows the last user would go on asking.
      await page.goto('about:blank');
      await signIn?.(page, view.as);
    }
    user = view.as;
    // The list itself was the view before.
    const isListed = isLoaded && view.firstOf !== undefined && page.url() === new URL(view.firstOf, url).href;
    if (!isListed) await open(page, url, view.firstOf ?? view.path, isLoaded, asked);
    if (view.firstOf) await open(page, url, await firstRecord(page, view.path), true, asked);
    yield view.name;
    for (const { id, name } of await openersOf(page, view.name)) {
      // Tenants and the platform share pages.
      const kind = name.replace(/^(tenant|platform)-/, '');
      if (seen.has(kind) || skip?.test(name)) continue;
      seen.add(kind);
      await page.locator(`[data-opener="${id}"]`).click();
      await page.locator(LAYER).last().waitFor();
      await waitUntilLoaded(page, asked);
      yield name;
      await close(page);
    }
  }
}

/** Presses Escape until nothing is open: a dialog that is still opening has not taken the focus yet. */
async function close(page: Page) {
  const discard = page.getByRole('dialog').getByRole('button', { name: /^(Discard changes|Abandonner)/ });
  for (let pressed = 0; (await page.locator(LAYER).count()) > 0; pressed++) {
    if (pressed > 20) throw new Error(`Escape closes nothing at ${page.url()}`);
    await page.keyboard.press('Escape');
    // Some dialogs open with a choice made, which counts as a change.
    if (await discard.isVisible()) await discard.click();
    // What is shown once is not lost by Escape.
    const cross = page.locator('.ant-modal-close:visible').last();
    if (pressed > 5 && (await cross.isVisible())) await cross.click();
    await page.waitForTimeout(60);
  }
}

async function open(page: Page, url: string, path: string, isLoaded: boolean, asked: Set<unknown>) {
  // What the pointer rests on would be shown as hovered.
  await page.mouse.move(0, 0);
  const isOtherPage = new URL(path, url).pathname !== new URL(page.url()).pathname;
  if (isLoaded && isOtherPage) {
    await page.evaluate((to) => {
      for (const heading of document.querySelectorAll('h1')) heading.dataset.left = '';
      history.pushState(null, '', to);
      dispatchEvent(new PopStateEvent('popstate'));
    }, path);
  } else await page.goto(new URL(path, url).href);
  await waitUntilLoaded(page, asked);
}

/** Returns the requests that have no answer yet; the event stream never ends. */
function requestsOf(page: Page): Set<unknown> {
  const asked = new Set<unknown>();
  page.on('request', (request) => {
    if (/fetch|script/.test(request.resourceType()) && !/\/api\/events/.test(request.url())) asked.add(request);
  });
  for (const ended of ['requestfinished', 'requestfailed'] as const)
    page.on(ended as 'requestfinished', (request) => void asked.delete(request));
  return asked;
}

/** Waits until the page has a title and content, without skeletons, and without open requests. */
async function waitUntilLoaded(page: Page, asked: Set<unknown>) {
  do {
    await page.waitForFunction(
      () => {
        // The gallery shows what loads in a figure.
        const isLoading = document.querySelector(
          ':is([class*="skeleton"], [aria-busy="true"], .ant-spin, h1[data-left]):not(figure *)',
        );
        // Clerk's form comes after the title of the page around it.
        const content = document.querySelector(
          /^\/sign-(in|up)/.test(location.pathname) ? 'h1 ~ * input, form input' : 'h1',
        );
        const root = document as Document & { stableSince?: number };
        if (isLoading || !content) delete root.stableSince;
        else root.stableSince ??= performance.now();
        return root.stableSince !== undefined && performance.now() - root.stableSince > 60;
      },
      undefined,
      { polling: 'raf' },
    );
  } while (asked.size > 0 && (await page.evaluate(startAgain)));
}

const startAgain = () => delete (document as Document & { stableSince?: number }).stableSince;

async function firstRecord(page: Page, list: string): Promise<string> {
  const paths = await page
    .locator(`main a[href^="${list}/"]`)
    .evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));
  const path = paths.find((each) => !/\/(matrix|events|runs|outbox)(\?|$)/.test(each));
  if (!path) throw new Error(`${list} has no record to open`);
  return path;
}

/** Marks the buttons that open something. A dialog of the frame, of a filter or of every row of a list has one name. */
const openersOf = (page: Page, view: string) =>
  page.locator(OPENER).evaluateAll(
    (buttons, view) =>
      buttons.map((button, index) => {
        button.setAttribute('data-opener', String(index));
        const isOfRow = button.closest('tr, li') !== null;
        const label = (isOfRow ? null : button.getAttribute('aria-label')) ?? button.textContent ?? '';
        const isFilter = button.closest('.filter') !== null;
        const filter = button.closest('figure') ? `${view}.filter` : 'filter';
        const part = !button.closest('main') ? 'frame' : isFilter ? filter : view;
        return {
          id: index,
          name: `${part}.${label
            .trim()
            .toLowerCase()
            .replaceAll(/[^\p{L}\d]+/gu, '-')}`,
        };
      }),
    view,
  );
