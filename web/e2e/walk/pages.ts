import { join } from 'node:path';
import { createServer } from 'vite';
import type { PageResource } from '../../src/pages/page-resource.ts';
import type { View } from './walk.ts';

export type Mode = 'local' | 'clerk' | 'jwt';

/** Every page of the console, from src/pages/registry.ts itself, so that no page is forgotten. */
const pages = await (async () => {
  const vite = await createServer({
    root: join(import.meta.dirname, '../..'),
    appType: 'custom',
    logLevel: 'warn',
    server: { middlewareMode: true, ws: false, watch: null },
    optimizeDeps: { noDiscovery: true },
  });
  const registry = await vite.ssrLoadModule('/src/pages/registry.ts');
  await vite.close();
  const { pagesOf } = registry as { pagesOf: (scope: PageResource['scope']) => PageResource[] };
  return [...pagesOf('tenant'), ...pagesOf('platform')];
})();

type Scope = { base: string; as: string };

/** Records that show more than the first of their list. */
const RECORD: Record<string, string> = {
  'tenant-members': 'q=lindt',
  'tenant-roles': 'q=course+editor',
  'tenant-audit': 'action=member.roles_changed',
  'platform-users': 'q=nadia',
};

/** Lists and details of every page that the provider has, or that only it has, at the bases of the two scopes. */
export function viewsOfPages(mode: Mode, only: boolean, scopes: Record<PageResource['scope'], Scope>): View[] {
  const some = pages.filter(({ identityProviders: of }) => (of ? of.includes(mode) : !only));
  return some.flatMap(({ path, scope, show }): View[] => {
    const { base, as } = scopes[scope];
    const name = `${scope}-${path.replaceAll('/', '-')}`;
    const list = `${base}/${path}`;
    const record = RECORD[name];
    return [
      { name, as, path: list },
      ...(show ? [{ name: `${name}-detail`, as, path: list, firstOf: record ? `${list}?${record}` : list }] : []),
    ];
  });
}
