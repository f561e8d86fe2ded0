import { useEffect, useState } from 'react';

const FIELDS = 'input:not([type="hidden"], [disabled]), textarea, [role="combobox"]';
/** What a user may have moved to while the fields were loading. */
const CONTROLS = 'a, button, input, textarea';

/** What had the focus before the dialogs that are open: one may take the place of another. */
let outside: Element | null = null;

function openerOf(active: Element | null) {
  if (!active?.closest('[role="dialog"]')) outside = active;
  return [active, outside];
}

/** Focuses the first field once it is there, and afterwards what had the focus before. */
export function useDialogFocus(content: { current: HTMLElement | null }) {
  const [openers] = useState(() => openerOf(document.activeElement));
  useEffect(() => {
    const focusFirst = () => {
      const first = content.current?.firstElementChild?.querySelector<HTMLElement>(FIELDS);
      if (!first?.closest('.action-reason')) first?.focus();
      return first !== null && first !== undefined;
    };
    const observer = new MutationObserver(() => {
      const isInUse = document.activeElement?.matches(CONTROLS);
      if (isInUse || focusFirst()) observer.disconnect();
    });
    // antd focuses the dialog itself once it has opened.
    const timer = setTimeout(() => {
      if (!focusFirst() && content.current) observer.observe(content.current, { childList: true, subtree: true });
    }, 60);
    return () => {
      clearTimeout(timer);
      observer.disconnect();
      setTimeout(() => {
        const before = openers.find((each) => each?.isConnected && each !== document.body);
        const next = before ?? document.querySelector('main h1');
        if (document.activeElement === document.body) (next as HTMLElement | null)?.focus();
      });
    };
  }, [content, openers]);
}
