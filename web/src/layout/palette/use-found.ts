import { explainPath } from '../../core/explain-path.ts';
import { useFold } from '../../core/fold.ts';
import { uniqueById } from '../../core/unique.ts';
import { useCatalogue } from '../../features/permissions/use-catalogue.ts';
import { t } from '../../i18n/i18n.ts';
import { roleName } from '../../i18n/role-name.ts';
import { useRows } from '../../providers/data/use-rows.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { permissionLabel } from '../../ui/chips/permission-label.ts';
import { invitationStatus } from '../../ui/chips/status-labels.ts';
import { userName } from '../../ui/chips/user-name.ts';
import type { IconName } from '../../ui/icon.tsx';
import type { Entry, Group } from './entry.ts';

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
  // The server searches them by their English names.
  const system = useRows<'roles'>(scope.resource('roles'), search(scope.can('roles:read'), { isSystem: 'true' }));
  const hasCatalogue = isPlatform && scope.can('roles:read');
  const { permissions, error } = useCatalogue(undefined, q !== '' && hasCatalogue);
  const lists = [members, invitations, users, tenants, roles, system];

  const matches = (...texts: string[]) => texts.some((text) => fold(text).includes(fold(q)));
  const translated = (system.rows ?? []).filter((role) => matches(roleName(role)));
  const person = (user: Person, to: string): Entry => ({
    group: 'people',
    icon: 'users',
    id: user.id,
    label: userName(user),
    note: user.email,
    tenant: isPlatform ? undefined : here,
    to,
  });
  const people = [
    ...(members.rows ?? []).map(({ id, user }) => person(user, scope.to(`members/${id}`))),
    ...(users.rows ?? []).map((user) => person(user, scope.to(`users/${encodeURIComponent(user.id)}`))),
  ];
  const recordEntry = (group: Group & IconName, id: string, label: string, note: string): Entry => {
    const to = scope.to(`${group}/${encodeURIComponent(id)}`);
    return { group, icon: group, id, label, note, tenant: here, to };
  };
  const entries: Entry[] = [
    ...people,
    ...(isPlatform || !scope.can('access:explain') ? [] : people.slice(0, 1)).map(
      ({ id, label }): Entry => ({
        group: 'actions',
        icon: 'explain',
        id: `check ${id}`,
        label: t('palette.check_access', { name: label }),
        to: explainPath(scope.base, { userId: id }),
      }),
    ),
    ...(tenants.rows ?? []).map(
      ({ id, name, slug }): Entry => ({
        ...recordEntry('tenants', id, name, slug),
        tenant: { id, name },
        to: `/platform/tenants/${id}`,
      }),
    ),
    ...uniqueById([...(roles.rows ?? []), ...translated]).map((role) =>
      recordEntry('roles', role.id, roleName(role), role.key),
    ),
    ...(permissions ?? [])
      .filter((permission) => matches(permission.code, permission.description, permissionLabel(permission)))
      .slice(0, LIMIT)
      .map((permission) => recordEntry('permissions', permission.code, permission.code, permissionLabel(permission))),
    ...(invitations.rows ?? []).map(({ id, email, status }) =>
      recordEntry('invitations', id, email, t(invitationStatus[status].label)),
    ),
    ...(scope.can(isPlatform ? 'audit:read-all' : 'audit:read') ? eventEntries(q, scope.to) : []),
  ];
  const isLoading =
    lists.some(({ isFetching, rows }) => isFetching && !rows) || (hasCatalogue && !permissions && !error);
  return { entries, isLoading: q !== '' && isLoading };
}

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
