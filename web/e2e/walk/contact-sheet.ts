import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';

const ROWS_OF_SHEET = 5;
const ORDER = ['en.light', 'en.dark', 'fr.light', 'fr.dark'].flatMap((of) => [`${of}.wide`, `${of}.narrow`]);

/** Writes index.html with all pictures of a folder small, a view a row, and sheets of forty of them. Returns its path. */
export async function writeContactSheet(browser: Browser, folder: string): Promise<string> {
  const files = (await readdir(folder)).filter((name) => name.endsWith('.png')).sort();
  const byView = Map.groupBy(files, (file) => file.split('.').slice(0, -4).join('.'));
  const rows = [...byView].map(([view, pictures]) => {
    const cells = ORDER.flatMap((kind) => pictures.filter((file) => file.endsWith(`.${kind}.png`)));
    const images = cells.map(
      (file) => `<a href="${file}"><img src="${file}" alt="" class="${file.split('.').at(-2)}"></a>`,
    );
    return `<section><h2>${view}</h2>${images.join('')}</section>`;
  });
  const page = (sections: string[]) => `<!doctype html><meta charset="utf-8"><title>Screenshots</title><style>
    body { margin: 8px; font: 12px sans-serif; background: #888; color: #fff; width: 1800px }
    h2 { margin: 6px 0 2px; font-size: 13px }
    img { height: 220px; object-fit: cover; object-position: top; margin-right: 4px }
    .wide { width: 328px } .narrow { width: 101px }
  </style>${sections.join('\n')}`;
  const index = join(folder, 'index.html');
  await writeFile(index, page(rows));
  const sheets = join(folder, 'sheets');
  await mkdir(sheets, { recursive: true });
  const tab = await browser.newPage({ viewport: { width: 1830, height: 1240 } });
  for (let at = 0; at < rows.length; at += ROWS_OF_SHEET) {
    const sheet = join(folder, '.sheet.html');
    await writeFile(sheet, page(rows.slice(at, at + ROWS_OF_SHEET)));
    await tab.goto(pathToFileURL(sheet).href);
    const number = String(1 + at / ROWS_OF_SHEET).padStart(2, '0');
    await tab.screenshot({ path: join(sheets, `${number}.png`), fullPage: true });
  }
  await tab.close();
  return index;
}
