import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    name: 'web',
    include: ['src/**/*.test.{ts,tsx}'],
    environment: 'jsdom',
    setupFiles: ['src/testing/setup.ts'],
    testTimeout: 60_000,
    isolate: false,
    // In one process, because jsdom and antd are slow to load.
    fileParallelism: false,
    sequence: { groupOrder: 1 },
    restoreMocks: true,
    unstubGlobals: true,
    // Otherwise Refine loads a second copy of the router and finds no <Router>.
    server: { deps: { inline: [/@refinedev/] } },
  },
});
