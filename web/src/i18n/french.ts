import { isValidElement } from 'react';

export { default } from './messages/fr/entry.ts';

/** French spaces before punctuation and in « », at which no line may end. */
const withSpaces = (text: string) => text.replace(/ (?=[;!?])/g, '\u202f').replace(/ (?=[:»])|(?<=«) /g, '\u00a0');

/** The text that an element starts with, as far as it is in its children. */
function leadingText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return leadingText(value.find(Boolean));
  return isValidElement<{ children?: unknown }>(value) ? leadingText(value.props.children) : '';
}

/** "de Ada" is "d’Ada" in French, and "de Yves" "d’Yves". */
const elide = (text: string, params: Record<string, unknown>) =>
  text.replace(/\b([dD]|[qQ]u)e (?=\{(\w+)\})/g, (whole, start: string, name: string) =>
    /^([aeiouœæ]|y(?![aeiou]))/i.test(leadingText(params[name]).normalize('NFD')) ? `${start}’` : whole,
  );

export const typeset = (text: string, params: Record<string, unknown>) => elide(withSpaces(text), params);
