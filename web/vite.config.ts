import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { slim } from './slim/slim.ts';

type Modules = { getModuleInfo(id: string): { importedIds: string[] } | null };

/** antd's index imports what no page needs at first. */
const INDEX = /\/antd\/es\/index\.js$/;
const app = join(import.meta.dirname, 'src/app.tsx');
const consoleModules = new Set([app]);

/** Whether `src/app.tsx` imports a module, directly or not. */
function isOfConsole(id: string, modules: Modules): boolean {
  const importsOf = (each: string) => (INDEX.test(each) ? [] : (modules.getModuleInfo(each)?.importedIds ?? []));
  if (consoleModules.size === 1)
    for (const each of consoleModules) for (const imported of importsOf(each)) consoleModules.add(imported);
  return id !== app && consoleModules.has(id);
}

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
            { name: 'entry', tags: ['$initial'] },
            // The console around its pages.
            { name: (id, modules) => (isOfConsole(id, modules) ? 'console' : null), debugName: 'console' },
            // What most pages share: apart, the first list would be 76 files and 12 kB more. Dialogs and forms stay out of it
            // with antd's forms, which many of them share.
            { name: 'common', test: /(web|bff)\/src\/(?!ui\/(dialog|form)\/)/, minShareCount: 8 },
            { name: 'shared', minShareCount: 32 },
          ],
        },
      },
    },
  },
});
