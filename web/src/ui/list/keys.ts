import type { Keys } from '../../core/keys.ts';

const table = () => {
  const lists = [...document.querySelectorAll('.data-table')];
  return lists.find((each) => each.contains(document.activeElement)) ?? lists[0];
};

/** Rows by their main link: the one in the first cell, or the one that is marked. */
const linksOf = (list: Element | undefined) => [
  ...(list?.querySelectorAll<HTMLElement>('.row-link, .row-target') ?? []),
];
const rowOf = (element: Element | null) => element?.closest('tbody tr') ?? null;

/** Moves the focus itself to another row's link, so that screen readers read the row and Enter opens it. */
export function moveRow(to: 'first' | 'next' | 'previous') {
  const links = linksOf(table());
  const current = rowOf(document.activeElement);
  const at = links.findIndex((link) => current !== null && rowOf(link) === current);
  const next = to === 'first' ? 0 : to === 'next' ? Math.min(at + 1, links.length - 1) : Math.max(at - 1, 0);
  links[next]?.focus();
}

/** The keys of the list that has the focus, else of the first one on the page. */
export const listKeys: Keys = {
  j: () => moveRow('next'),
  k: () => moveRow('previous'),
  x: () => rowOf(document.activeElement)?.querySelector<HTMLElement>('.cell-select input')?.click(),
};

/** Focuses the search field of the page's list. Returns whether it has one. */
export function focusSearch(): boolean {
  const field = document.querySelector<HTMLInputElement>('.data-filters input[type="search"]');
  field?.focus();
  field?.select();
  return field !== null;
}
