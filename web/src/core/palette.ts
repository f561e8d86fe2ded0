import { createStore } from './store.ts';

/** What is open over the page: the palette, the list of shortcuts or the invitation dialog that the palette offers. */
export const paletteState = createStore<'palette' | 'shortcuts' | 'invite' | undefined>(undefined);
