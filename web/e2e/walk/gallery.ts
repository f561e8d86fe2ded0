import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { createServer } from 'vite';
import { gallery } from '../../gallery/plugin.ts';
import type { View } from './walk.ts';

const root = join(import.meta.dirname, '../..');

/** Every group of the gallery, each a file. */
export const galleryViews: View[] = readdirSync(join(root, 'gallery/entries')).map((file) => {
  const group = basename(file, '.tsx');
  return { name: `gallery-${group}`, path: `/dev/gallery/${group}`, as: null };
});

/** Serves the gallery alone, as `pnpm dev` serves it beside the product. */
export async function startGallery() {
  const server = await createServer({
    root,
    server: { host: '127.0.0.1', port: 0 },
    plugins: [gallery()],
    logLevel: 'warn',
  });
  await server.listen();
  return { url: server.resolvedUrls?.local[0] ?? '', stop: () => server.close() };
}
