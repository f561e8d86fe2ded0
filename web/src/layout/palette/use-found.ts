import type { Row } from 'bff/contract';
import { PLATFORM_TENANT_ID } from 'bff/contract';
import { explainPath } from '../../core/explain-path.ts';
import { useFold } from '../../core/fold.ts';
import { t } from '../../i18n/i18n.ts';
import { useRows } from '../../providers/data/use-rows.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { permissionLabel } from '../../ui/chips/permission-label.ts';
import { userName } from '../../ui/chips/user-name.ts';
import type { Entry } from './entry.ts';

const LIMIT = 5;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

type Person = { id: string; name: string | null; email: string | null };

/** What the server finds for a text in the current scope, as far as the user may read it. */
export function useFound(q: string): { entries: Entry[]; isLoading: boolean } {
  const scope = useTenantScope();
  const fold = useFold();
  const isPlatform = scope.kind === 'platform';
  const here = { id: scope.tenantId, name: isPlatform ? t('shell.platform') : scope.name };
  const search = (canRead: boolean, fixed: Record<string, string> = { q }) => ({
    fixed,
    limit: LIMIT,
    enabled: q !== '' && canRead,
  });
  const ofTenant = (permission: Parameters<typeof scope.can>[0]) => search(!isPlatform && scope.can(permission));
  const members = useRows<'members'>(scope.resource('members'), { ...ofTenant('members:read'), sort: 'name' });
  const invitations = useRows<'invitations'>(scope.resource('invitations'), ofTenant('invitations:read'));
  const users = useRows<'users'>('users', { ...search(isPlatform && scope.can('users:read')), sort: 'name' });
  const tenants = useRows<'tenants'>('tenants', {
    ...search(scope.can('tenants:read'), { q, kind: 'customer' }),
    sort: 'name',
  });
  const roles = useRows<'roles'>(scope.resource('roles'), search(scope.can('roles:read')));
  const catalogue = useRows<'permissions'>('permissions', {
    limit: 100,
    enabled: q !== '' && isPlatform && scope.can('roles:read'),
  });
  const lists = [members, invitations, users, tenants, roles, catalogue];

  const matches = (...texts: string[]) => texts.some((text) => fold(text).includes(fold(q)));
  const people: [Person, string][] = [
    ...(members.rows ?? []).map((member): [Person, string] => [member.user, scope.to(`members/${member.id}`)]),
    ...(users.rows ?? []).map((user): [Person, string] => [user, scope.to(`users/${encodeURIComponent(user.id)}`)]),
  ];
  const entries: Entry[] = [
    ...people.map(([user, to]) => ({ ...personEntry(user), tenant: isPlatform ? undefined : here, to })),
    ...(isPlatform || !scope.can('access:explain')
      ? []
      : people.slice(0, 1).map(([user]) => checkEntry(user, scope.base))),
    ...(tenants.rows ?? []).map(tenantEntry),
    ...(roles.rows ?? []).map((role) => ({ ...roleEntry(role), tenant: here, to: scope.to(`roles/${role.id}`) })),
    ...(catalogue.rows ?? [])
      .filter((permission) => matches(permission.code, permissionLabel(permission)))
      .slice(0, LIMIT)
      .map(permissionEntry),
    ...(invitations.rows ?? []).map((invitation) => ({
      group: 'invitations' as const,
      id: invitation.id,
      icon: 'invitations' as const,
      label: invitation.email,
      note: t(`status.${invitation.status}`),
      tenant: here,
      to: scope.to(`invitations/${invitation.id}`),
    })),
    ...(scope.can(isPlatform ? 'audit:read-all' : 'audit:read') ? eventEntries(q, scope.to) : []),
  ];
  return { entries, isLoading: q !== '' && lists.some(({ isFetching, rows }) => isFetching && !rows) };
}

const personEntry = (user: Person) => ({
  group: 'people' as const,
  id: user.id,
  icon: 'users' as const,
  label: userName(user),
  note: user.email,
});

const checkEntry = (user: Person, base: string): Entry => ({
  group: 'actions',
  id: `check ${user.id}`,
  icon: 'explain',
  label: t('palette.check_access', { name: userName(user) }),
  to: explainPath(base, { userId: user.id }),
});

const tenantEntry = ({ id, name, slug }: Row<'tenants'>): Entry => ({
  group: 'tenants',
  id,
  icon: 'tenants',
  label: name,
  note: slug,
  tenant: { id, name },
  to: `/platform/tenants/${id}`,
});

const roleEntry = ({ id, name, key }: Row<'roles'>) => ({
  group: 'roles' as const,
  id,
  icon: 'roles' as const,
  label: name,
  note: key,
});

const permissionEntry = (permission: Row<'permissions'>): Entry => ({
  group: 'permissions',
  id: permission.code,
  icon: 'permissions',
  label: permission.code,
  note: permissionLabel(permission),
  tenant: { id: PLATFORM_TENANT_ID, name: t('shell.platform') },
  to: `/platform/permissions/${encodeURIComponent(permission.code)}`,
});

/** An id may be an event or a request; any other text is searched for in the audit log. */
function eventEntries(q: string, to: (path: string) => string): Entry[] {
  const search = (label: string, params: Record<string, string>): Entry => ({
    group: 'events',
    id: `events ${label}`,
    icon: 'audit',
    label,
    to: to(`audit?${new URLSearchParams(params)}`),
  });
  if (q === '') return [];
  if (!UUID.test(q)) return [search(t('palette.search_events', { q }), { q })];
  return [
    { group: 'events', id: q, icon: 'audit', label: t('palette.event', { id: q }), to: to(`audit/${q}`) },
    search(t('palette.request', { id: q }), { requestId: q }),
    search(t('palette.about', { id: q }), { targetId: q }),
  ];
}
