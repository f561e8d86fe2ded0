import { cleanup, configure } from '@testing-library/react';
import { afterEach, vi } from 'vitest';

// A busy machine needs longer than the second that a query waits by default.
configure({ asyncUtilTimeout: 30_000 });

// Browser APIs that jsdom lacks.
globalThis.matchMedia ??= (query: string) =>
  ({ matches: false, media: query, addEventListener() {}, removeEventListener() {} }) as unknown as MediaQueryList;
globalThis.ResizeObserver ??= class {
  observe() {}
  unobserve() {}
  disconnect() {}
};
if (typeof Element !== 'undefined') Element.prototype.scrollIntoView ??= () => {};

// Files share a document, but no state of the console's modules.
vi.resetModules();
// Tests that set the node environment have no document.
if (typeof document !== 'undefined') {
  history.replaceState(null, '', '/');
  const { loadMessages } = await import('../i18n/i18n.ts');
  await loadMessages('app');
}
afterEach(() => {
  cleanup();
  if (typeof localStorage !== 'undefined') localStorage.clear();
});
