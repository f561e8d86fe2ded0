import { tenantPath } from '../../core/address.ts';
import { useFold } from '../../core/fold.ts';
import { recentRecords } from '../../core/recent.ts';
import { t } from '../../i18n/i18n.ts';
import { pagesOf, usePages } from '../../pages/registry.ts';
import { isStaff } from '../../providers/access/permissions.ts';
import { useMe } from '../../providers/auth/session.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import type { Entry } from './entry.ts';
import { keysOfPage } from './page-keys.ts';

/** What needs no request: recent records, pages, actions and the user's own tenants. */
export function usePlaces(q: string, { invite }: { invite: () => void }): Entry[] {
  const me = useMe();
  const scope = useTenantScope();
  const fold = useFold();
  const pages = usePages().filter(({ permission }) => !permission || scope.can(permission));
  const own = me.memberships.filter(({ kind, tenantId }) => kind === 'customer' && tenantId !== scope.tenantId);
  const entries: Entry[] = [
    ...recentRecords(me.user.id)
      // Not of tenants that the user has left.
      .filter(({ tenant }) => isStaff(me) || me.memberships.some(({ tenantId }) => tenantId === tenant.id))
      .slice(0, 6)
      .map(({ page, ...record }): Entry => {
        const icon =
          [...pagesOf('tenant'), ...pagesOf('platform')].find(({ path }) => path === page)?.icon ?? 'history';
        return { ...record, icon, group: 'recent', id: `recent ${record.to}` };
      }),
    ...pages.map(
      ({ path, label, icon }): Entry => ({
        group: 'pages',
        id: `page ${path}`,
        icon,
        label: t(label),
        keys: keysOfPage(path),
        to: `${scope.base}/${path}`,
      }),
    ),
    ...(scope.can('members:invite') && scope.kind === 'tenant'
      ? [{ group: 'actions', id: 'invite', icon: 'plus', label: t('palette.invite'), run: invite } satisfies Entry]
      : []),
    ...own.map(
      ({ tenantId, name, slug }): Entry => ({
        group: 'actions',
        id: `switch ${tenantId}`,
        icon: 'tenants',
        label: t('palette.switch_to', { name }),
        tenant: { id: tenantId, name },
        to: `${tenantPath(slug)}/home`,
      }),
    ),
  ];
  return q === '' ? entries : entries.filter(({ label }) => fold(label).includes(fold(q)));
}
