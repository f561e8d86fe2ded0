import type { ReactNode } from 'react';
import { createContext, createElement, Fragment } from 'react';
import { type MessageKey, shown, template, withCount } from './i18n.ts';

/** Whether an element stands in a sentence, where a date needs its preposition. */
export const InSentence = createContext(false);

/** Like t, but the {names} may be elements, such as links. Names of any script leave the sentence around them as it is. */
export function rich(key: MessageKey, params: Record<string, ReactNode>): ReactNode {
  const all = withCount(params);
  const parts = template(key, all).split(/\{(\w+)\}/);
  return parts.map((part, index) => {
    const isName = index % 2 === 1;
    const value = isName ? (all[part] ?? '') : part;
    // The position is the key: the parts of a message never reorder.
    const key = `${index}-${part}`;
    if (!isName || value === '' || typeof value === 'number')
      return createElement(Fragment, { key }, typeof value === 'number' ? shown(value) : value);
    return createElement('bdi', { key }, createElement(InSentence, { value: true }, value));
  });
}
