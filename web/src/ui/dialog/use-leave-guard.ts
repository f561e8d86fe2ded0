import { useContext, useEffect, useState } from 'react';
import { UNSAFE_NavigationContext, useLocation } from 'react-router';
import { guardHistory, removeHistoryGuards } from './history-guard.ts';

type To = string | { pathname?: string };
const pathOf = (to: To) => (typeof to === 'string' ? to.split(/[?#]/)[0] : to.pathname);
const position = (state: unknown) => Number((state as { idx?: number } | null)?.idx ?? 0);

/**
 * Holds back leaving a page with unsaved changes: by a link, Back, or closing the tab. `leave` is set while a departure waits for
 * the answer and completes it; `stay` forgets it.
 */
export function useLeaveGuard(active: boolean) {
  const { navigator } = useContext(UNSAFE_NavigationContext);
  const { pathname, key } = useLocation();
  const [leave, setLeave] = useState<() => void>();

  // biome-ignore lint/correctness/useExhaustiveDependencies: each entry of the history (key) has its own position.
  useEffect(() => {
    if (!active) return;
    const { push, replace } = navigator;
    const here = position(history.state);
    const asking =
      (go: typeof push): typeof push =>
      (to, ...rest) => {
        const path = pathOf(to as To);
        if (!path || path === pathname) go(to, ...rest);
        else setLeave(() => () => go(to, ...rest));
      };
    navigator.push = asking(push);
    navigator.replace = asking(replace);

    function onBack(event: PopStateEvent) {
      const steps = position(event.state) - here;
      event.stopImmediatePropagation();
      if (steps === 0) return;
      history.go(-steps);
      setLeave(() => () => {
        removeHistoryGuards();
        history.go(steps);
      });
    }
    const onClose = (event: BeforeUnloadEvent) => event.preventDefault();
    const removeGuard = guardHistory(onBack);
    addEventListener('beforeunload', onClose);
    return () => {
      navigator.push = push;
      navigator.replace = replace;
      removeGuard();
      removeEventListener('beforeunload', onClose);
    };
  }, [active, navigator, pathname, key]);

  return { leave, stay: () => setLeave(undefined) };
}
