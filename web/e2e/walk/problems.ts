/**
 * Runs in the page: returns what hostile names do to it. None becomes markup or runs; one that turns the direction shares its line
 * with no other text, unless it is isolated; no text leaves the screen or its box; no row fills a screen.
 */
export function problemsOf(): string[] {
  const MOST_ROW_PX = 260;
  const TURNING = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\p{Bidi_Control}]/u;
  const problems: string[] = [];
  const short = (text: string | null | undefined) => JSON.stringify((text ?? '').trim().slice(0, 50));
  const where = (element: Element) => `<${element.tagName.toLowerCase()} class="${element.className}">`;
  const displayOf = (element: Element) => getComputedStyle(element).display;
  const isInline = (element: Element) => /^(inline|contents)$/.test(displayOf(element));

  /** Text without its isolated parts, which may be nested. */
  function bare(text: string): string {
    const rest = text.replaceAll(/\u2068[^\u2068\u2069]*\u2069/g, '');
    return rest === text ? text : bare(rest);
  }

  /** The nearest element that keeps the direction of its text to itself. */
  function isolateOf(element: Element): Element {
    let at = element;
    while (isInline(at) && !/isolate|plaintext/.test(getComputedStyle(at).unicodeBidi) && at.parentElement)
      at = at.parentElement;
    return at;
  }

  /** The texts between two blocks, around one of them. */
  function neighboursOf(node: Node, isolate: Element): string {
    const lines: Text[][] = [[]];
    const read = (parent: Node) => {
      for (const child of parent.childNodes) {
        if (child instanceof Text) lines.at(-1)?.push(child);
        if (!(child instanceof Element) || /^inline-/.test(displayOf(child))) continue;
        if (isInline(child) && child.tagName !== 'BR') read(child);
        else lines.push([]);
      }
    };
    read(isolate);
    const line = lines.find((texts) => texts.includes(node as Text)) ?? [];
    return line.map((text) => (text === node ? '' : text.data)).join('');
  }

  /** Whether what is too wide is cut or scrolled. */
  function isClipped(element: Element | null): boolean {
    for (let at = element; at && at !== document.body; at = at.parentElement)
      if (getComputedStyle(at).overflowX !== 'visible') return true;
    return false;
  }

  function checkText(node: Text, parent: Element) {
    if (TURNING.test(bare(node.data))) {
      const neighbours = neighboursOf(node, isolateOf(parent)).trim();
      if (neighbours) problems.push(`${short(node.data)} turns ${short(neighbours)} in ${where(parent)}`);
    }
    const range = document.createRange();
    range.selectNodeContents(node);
    const { left, right, width } = range.getBoundingClientRect();
    if (width > 0 && (left < -1 || right > innerWidth + 1) && !isClipped(parent))
      problems.push(`${short(node.data)} leaves the screen at ${Math.round(right)} px in ${where(parent)}`);
  }

  if ('hostile' in window) problems.push('a name was executed');
  if (
    document.querySelector('[onerror], [onload], [onfocus], iframe, [href^="javascript:" i], main :is(style, script)')
  )
    problems.push('a name became markup');
  const { scrollWidth } = document.documentElement;
  if (scrollWidth > innerWidth) problems.push(`the page is ${scrollWidth} px wide in ${innerWidth} px`);

  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = texts.nextNode() as Text | null; node; node = texts.nextNode() as Text | null) {
    const { parentElement: parent } = node;
    if (!parent || !node.data.trim() || parent.closest('.visually-hidden, script, style')) continue;
    if (parent.checkVisibility({ visibilityProperty: true, opacityProperty: true })) checkText(node, parent);
  }
  for (const box of document.querySelectorAll(':is(td, li, section, header, .ant-modal-content, dd, button)')) {
    // The marks of a timeline are wider than their time.
    const excess = box.scrollWidth - box.clientWidth - 8;
    if (excess <= 0 || isInline(box) || isClipped(box) || box.closest('.visually-hidden')) continue;
    problems.push(`${short(box.textContent)} is too wide by ${excess} px for ${where(box)}`);
  }
  for (const row of document.querySelectorAll('tbody tr, .timeline > li')) {
    const { height } = row.getBoundingClientRect();
    if (height > MOST_ROW_PX) problems.push(`${short(row.textContent)} makes a row of ${Math.round(height)} px`);
  }
  return problems;
}
