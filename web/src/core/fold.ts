import { loadFold } from 'bff/contract';
import { createStore } from './store.ts';

let isLoading = false;

/** Good enough for ASCII; other text loads the library, with which the components render again. */
function simpleFold(text: string): string {
  if (!isLoading && !/^[\0-\x7f]*$/.test(text)) {
    isLoading = true;
    void loadFold().then(({ fold }) => current.set(fold));
  }
  return text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
}

const current = createStore(simpleFold);

/** Returns the function that folds text as the lists of the server do, so that "lukasz" finds "Łukasz". */
export const useFold = () => current.use();
