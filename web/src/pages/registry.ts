import type { ResourceProps } from '@refinedev/core';
import { createElement } from 'react';
import { useSessionInfo } from '../providers/auth/session-info.ts';
import { useOptionalScope } from '../providers/tenant/tenant-scope.tsx';
import { Icon } from '../ui/icon.tsx';
import type { PageResource } from './page-resource.ts';
import { pages } from './pages.ts';

export const pagesOf = (scope: PageResource['scope']) => pages.filter((page) => page.scope === scope);

/** Loads the code of the page at a path while the shell around it renders. */
export function prefetchPage(path: string) {
  const [, scope, rest = ''] = /^\/(platform|t\/[^/]+)\/(.+)/.exec(path) ?? [];
  const found = pagesOf(scope === 'platform' ? scope : 'tenant').findLast((page) =>
    `${rest}/`.startsWith(`${page.path}/`),
  );
  (found?.path === rest ? found.list : found?.show)?.prefetch();
}

/** The pages of the current tenant or the platform that have a meaning here. */
export function usePages(): PageResource[] {
  const scope = useOptionalScope();
  const provider = useSessionInfo()?.identityProvider;
  if (!scope) return [];
  return pagesOf(scope.kind).filter(({ identityProviders: some }) => !some || !provider || some.includes(provider));
}

const icons = new Map(pages.map(({ icon }) => [icon, createElement(Icon, { name: icon })]));

/**
 * The same pages as Refine's resources. The name is the resource of the API with its tenant, so that no two tenants share an entry
 * of the cache.
 */
export function useResources(): ResourceProps[] {
  const scope = useOptionalScope();
  const shown = usePages();
  const nameOf = ({ path, name = `tenants/:tenantId/${path}` }: PageResource) =>
    name.replace(':tenantId', scope?.tenantId ?? '');
  return shown.map((page) => {
    const parent = shown.find(({ path }) => path === page.parent);
    const path = `${scope?.base}/${page.path}`;
    return {
      name: nameOf(page),
      list: path,
      ...(page.show ? { show: `${path}/:id` } : {}),
      meta: {
        label: page.label,
        icon: icons.get(page.icon),
        permission: page.permission,
        scope: page.scope,
        ...(parent ? { parent: nameOf(parent), hide: true } : {}),
      },
    };
  });
}
