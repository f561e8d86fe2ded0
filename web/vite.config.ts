import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const noMarkdown = fileURLToPath(new URL('./src/ui/no-markdown.ts', import.meta.url));

const entryModules = new RegExp(
  [
    'node_modules/(react|react-dom|scheduler)/',
    'vite/preload-helper',
    'web/src/entry\\.',
    'web/src/core/(address|api|local-path)\\.',
    'web/src/i18n/(i18n|error-text)\\.',
    'web/src/providers/auth/(identity|session|session-info|sign-in)\\.',
    'web/src/sign-in/(choose-identity|ended-note|fields|frame|splash)\\.',
    'web/src/sign-in/local/(credentials-form|sign-in|sign-up|validate)\\.',
  ].join('|'),
);

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  // @refinedev/antd carries a markdown renderer that nothing here shows: 41 kB gzipped for nothing.
  resolve: { alias: { 'react-markdown': noMarkdown, 'remark-gfm': noMarkdown } },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    manifest: true,
    target: 'es2022',
    chunkSizeWarningLimit: 1500,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        // The sign-in page carries the list of the console's files, whose names are most of that list.
        chunkFileNames: 'assets/[hash].js',
        assetFileNames: 'assets/[hash][extname]',
        // What sign-in needs travels as one file: it compresses better together.
        codeSplitting: { groups: [{ name: 'entry', test: entryModules }] },
      },
    },
  },
});
