import { useEffect, useRef } from 'react';
import { tinykeys } from 'tinykeys';

/** Keys in the syntax of tinykeys, such as "$mod+k" or "g m", and what they do. */
export type Keys = Record<string, () => unknown>;

const isDialogOpen = () =>
  document.querySelector('[role="dialog"][aria-modal="true"], .ant-modal-wrap, dialog[open]') !== null;

/** Listens to keys of the whole page, except while the user types or a dialog is open. */
export function useKeys(keys: Keys) {
  const latest = useRef(keys);
  latest.current = keys;
  const names = Object.keys(keys).join('\n');
  useEffect(() => {
    const handlers = names.split('\n').map((name) => [
      name,
      (event: KeyboardEvent) => {
        if (isDialogOpen()) return;
        event.preventDefault();
        latest.current[name]?.();
      },
    ]);
    return names === '' ? undefined : tinykeys(window, Object.fromEntries(handlers));
  }, [names]);
}
