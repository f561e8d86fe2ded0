import { useSyncExternalStore } from 'react';

const narrow = () => matchMedia('(max-width: 640px)');

function subscribe(listener: () => void) {
  const screen = narrow();
  screen.addEventListener('change', listener);
  return () => screen.removeEventListener('change', listener);
}

/** Whether the screen is narrow, for different content; use CSS for different styles. */
export const useNarrow = () => useSyncExternalStore(subscribe, () => narrow().matches);
