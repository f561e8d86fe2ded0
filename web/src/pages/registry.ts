import type { ResourceProps } from '@refinedev/core';
import { createElement } from 'react';
import { can } from '../providers/access/permissions.ts';
import { loadMe } from '../providers/auth/session.ts';
import { useSessionInfo } from '../providers/auth/session-info.ts';
import { prefetchRecord, prefetchRows } from '../providers/data/prefetch.ts';
import { scopeAt, useOptionalScope } from '../providers/tenant/tenant-scope.tsx';
import { Icon } from '../ui/icon.tsx';
import type { PageResource } from './page-resource.ts';
import { pages } from './pages.ts';

const nameOf = ({ path, name = `tenants/:tenantId/${path}` }: PageResource, tenantId = '') =>
  name.replace(':tenantId', tenantId);

export const pagesOf = (scope: PageResource['scope']) => pages.filter((page) => page.scope === scope);

/** The page at a path, and the id of its record. */
function pageAt(pathname: string): { page: PageResource; id: string | undefined } | undefined {
  const [, scope, rest = ''] = /^\/(platform|t\/[^/]+)\/(.+)/.exec(pathname) ?? [];
  const page = pagesOf(scope === 'platform' ? scope : 'tenant').findLast((each) =>
    `${rest}/`.startsWith(`${each.path}/`),
  );
  return page && { page, id: rest === page.path ? undefined : decodeURIComponent(rest.slice(page.path.length + 1)) };
}

/** Loads the code of the page at an address and what it reads first, before it is opened. */
export async function prefetchPage(address: string): Promise<void> {
  const { pathname, searchParams } = new URL(address, location.origin);
  const { page, id } = pageAt(pathname) ?? {};
  const screen = id === undefined ? page?.list : page?.show;
  if (!page || !screen) return;
  screen.prefetch();
  const me = await loadMe();
  const scope = scopeAt(pathname, me);
  // A refused request would be in the audit log.
  if (!scope || (page.permission && !can(me, scope.tenantId, page.permission))) return;
  const name = nameOf(page, scope.tenantId);
  if (id === undefined) await (page.rows && prefetchRows(name, page.rows, searchParams));
  // "user:<id>" is looked up.
  else if (!id.startsWith('user:')) await prefetchRecord(name, id);
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
  return shown.map((page) => {
    const parent = shown.find(({ path }) => path === page.parent);
    const path = `${scope?.base}/${page.path}`;
    return {
      name: nameOf(page, scope?.tenantId),
      list: path,
      ...(page.show ? { show: `${path}/:id` } : {}),
      meta: {
        label: page.label,
        icon: icons.get(page.icon),
        permission: page.permission,
        scope: page.scope,
        rows: page.rows,
        ...(parent ? { parent: nameOf(parent, scope?.tenantId), hide: true } : {}),
      },
    };
  });
}
