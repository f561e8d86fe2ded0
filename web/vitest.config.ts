import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    name: 'web',
    include: ['src/**/*.test.{ts,tsx}'],
    environment: 'jsdom',
    setupFiles: ['src/testing/setup.ts'],
    testTimeout: 60_000,
    isolate: false,
    sequence: { groupOrder: 1 },
    maxWorkers: 2,
    restoreMocks: true,
    unstubGlobals: true,
    // Otherwise Refine loads a second copy of the router and finds no <Router>.
    server: { deps: { inline: [/@refinedev/] } },
  },
});
