import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const noMarkdown = fileURLToPath(new URL('./src/ui/no-markdown.ts', import.meta.url));

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  // @refinedev/antd carries a markdown renderer that nothing here shows: 41 kB gzipped for nothing.
  resolve: { alias: { 'react-markdown': noMarkdown, 'remark-gfm': noMarkdown } },
  build: { outDir: 'dist', emptyOutDir: true, manifest: true, target: 'es2022', chunkSizeWarningLimit: 1500 },
});
