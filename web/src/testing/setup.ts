import { cleanup } from '@testing-library/react';
import { afterEach } from 'vitest';
import { loadMessages } from '../i18n/i18n.ts';

// Browser APIs that jsdom lacks.
globalThis.matchMedia ??= (query: string) =>
  ({ matches: false, media: query, addEventListener() {}, removeEventListener() {} }) as unknown as MediaQueryList;
globalThis.ResizeObserver ??= class {
  observe() {}
  unobserve() {}
  disconnect() {}
};
if (typeof Element !== 'undefined') Element.prototype.scrollIntoView ??= () => {};

// Tests that set the node environment have no document.
if (typeof document !== 'undefined') await loadMessages('app');
afterEach(() => {
  cleanup();
  if (typeof localStorage !== 'undefined') localStorage.clear();
});
