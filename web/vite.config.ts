import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { slim } from './slim/slim.ts';

const entryModules = new RegExp(
  [
    'node_modules/(react|react-dom|scheduler)/',
    'vite/preload-helper',
    'bff/src/core/text/isolate\\.',
    'web/src/entry\\.',
    'web/src/core/(address|api|local-path|store)\\.',
    'web/src/i18n/(i18n|error-text|messages/(en|fr)/entry)\\.',
    'web/src/providers/auth/(identity|likely-session|session|session-info|sign-in)\\.',
    'web/src/sign-in/(choose-identity|ended-note|fields|frame|splash)\\.',
    'web/src/sign-in/local/(credentials-form|sign-in|validate)\\.',
  ].join('|'),
);

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), slim()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    manifest: true,
    target: 'es2022',
    chunkSizeWarningLimit: 1500,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        // The sign-in page contains the list of the console's files, so short names keep it small.
        chunkFileNames: 'assets/[hash:7].js',
        assetFileNames: 'assets/[hash:7][extname]',
        // The sign-in page is one chunk: it compresses better.
        codeSplitting: { includeDependenciesRecursively: false, groups: [{ name: 'entry', test: entryModules }] },
      },
    },
  },
});
