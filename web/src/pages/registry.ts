import type { PageResource } from './page-resource.ts';

const modules = import.meta.glob<{ pages: PageResource[] }>('./*/resource.ts', { eager: true });

/** Every page of the console, in the order of the side navigation. */
export const pages: PageResource[] = Object.values(modules)
  .flatMap((module) => module.pages)
  .sort((one, other) => one.order - other.order);

export const pagesOf = (scope: PageResource['scope']) => pages.filter((page) => page.scope === scope);
