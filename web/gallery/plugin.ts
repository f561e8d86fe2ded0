import type { Plugin } from 'vite';

/** Serves the gallery at /dev/gallery. Only Vite's dev server has it: no build starts from its page. */
export const gallery = (): Plugin => ({
  name: 'gallery',
  configureServer: ({ middlewares }) => {
    middlewares.use((request, _response, next) => {
      if (/^\/dev\/gallery(\/|$)/.test(request.url ?? '')) request.url = '/gallery/index.html';
      next();
    });
  },
});
