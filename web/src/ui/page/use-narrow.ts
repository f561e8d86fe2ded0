import { useSyncExternalStore } from 'react';

const narrow = () => matchMedia('(max-width: 640px)');

function subscribe(listener: () => void) {
  const screen = narrow();
  screen.addEventListener('change', listener);
  return () => screen.removeEventListener('change', listener);
}

/** Whether the screen is a phone's, where something else is shown than on a wide one; for mere looks use CSS. */
export const useNarrow = () => useSyncExternalStore(subscribe, () => narrow().matches);
