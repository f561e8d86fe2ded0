import type { Browser } from 'playwright-core';

/** What a browser without fonts dies of or draws as boxes. */
export const PROOF_PAGE = `<!doctype html>
<meta charset="utf-8">
<body style="font: 20px sans-serif">
  <p>Rôles et accès <b>Roles</b> <i>Roles</i></p>
  <p><input value="input"> <select><option>select</option></select> <textarea>textarea</textarea></p>
  <p>😀 ✅ 👩‍💻</p>
  <p lang="zh">李晓明 角色</p>
  <p lang="ar" dir="rtl">محمد الهاشمي</p>
  <pre style="font-family: monospace"><span>iiii.l|</span>\n<span>MMMM@W0</span></pre>
</body>`;

/** Throws unless the browser survives the page, draws each glyph differently and keeps the columns of monospace. */
export async function assertRenders(browser: Browser): Promise<void> {
  const page = await browser.newPage();
  await page.setContent(PROOF_PAGE);
  await page.screenshot();
  const { hasGlyphs, hasColumns } = await page.evaluate(() => {
    const canvas = document.createElement('canvas');
    const pen = canvas.getContext('2d');
    const draw = (glyph: string) => {
      pen?.reset();
      pen?.fillText(glyph, 20, 20);
      return canvas.toDataURL();
    };
    const [narrow, wide] = [...document.querySelectorAll('pre span')].map((span) => span.getBoundingClientRect().width);
    return { hasGlyphs: draw('R') !== draw('é'), hasColumns: narrow === wide };
  });
  if (!hasGlyphs) throw new Error('it draws every glyph alike');
  if (!hasColumns) throw new Error('its monospace font is not monospaced');
  await page.close();
}
