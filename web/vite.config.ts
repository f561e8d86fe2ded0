import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { slim } from './slim/slim.ts';

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
        codeSplitting: {
          includeDependenciesRecursively: false,
          groups: [
            // The sign-in page: one chunk compresses better.
            { name: 'entry', tags: ['$initial'], test: /(?<!main\.tsx|index\.html)$/ },
            // What most pages share: apart, the first list would be 76 files and 12 kB more. Dialogs and forms stay out of it
            // with antd's forms, which many of them share.
            { name: 'common', test: /(web|bff)\/src\/(?!ui\/(dialog|form)\/)/, minShareCount: 12 },
            { name: 'shared', minShareCount: 40 },
          ],
        },
      },
    },
  },
});
