import type { BrowserContext } from 'playwright-core';
import { listen } from './listen.ts';
import { problemsOf } from './problems.ts';
import { SIZES } from './themes.ts';
import { walk } from './walk.ts';

/** Pages of one kind have the same dialogs, which are opened once. */
const kindOf = (path: string) => path.replaceAll(/\?.*|[0-9a-f-]{36}|named-\d+|hostile(-|%3Aread-)\d+/g, '');

/** Walks the pages in both sizes and returns what the names on them have done. */
export async function harmOf(context: BrowserContext, url: string, paths: readonly string[]): Promise<string[]> {
  const page = await context.newPage();
  const messages = listen(page, url);
  page.on('dialog', (dialog) => {
    messages.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  const found: string[] = [];
  const views = paths.map((path) => ({ name: kindOf(path), path, as: 'owner' }));
  for await (const name of walk(page, { url, views, skip: /switch-tenant|filter/ })) {
    for (const [size, viewport] of Object.entries(SIZES).reverse()) {
      await page.setViewportSize(viewport);
      for (const problem of await page.evaluate(problemsOf)) found.push(`${name} ${size}: ${problem}`);
    }
  }
  return [...found, ...messages];
}
