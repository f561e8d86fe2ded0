import { useEffect } from 'react';
import { prefetchPage } from '../pages/registry.ts';

/** A pointer that crosses a list of links rests on none of them. */
const REST_MS = 80;

const savesData = () => (navigator as { connection?: { saveData?: boolean } }).connection?.saveData === true;

/** Prefetches the page of any link on which the pointer or the focus rests, unless the user saves data. */
export function useLinkPrefetch() {
  useEffect(() => {
    let reached: Element | null = null;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const onReach = ({ target }: Event) => {
      const link = target instanceof Element ? target.closest<HTMLAnchorElement>('a[href]') : null;
      if (link === reached) return;
      reached = link;
      clearTimeout(timer);
      if (link?.origin !== location.origin || savesData()) return;
      timer = setTimeout(() => void prefetchPage(link.href).catch(() => undefined), REST_MS);
    };
    const events = ['pointerover', 'focusin'] as const;
    for (const event of events) document.addEventListener(event, onReach);
    return () => {
      clearTimeout(timer);
      for (const event of events) document.removeEventListener(event, onReach);
    };
  }, []);
}
